/* The panel's tab of moods: the list, and what makes new ones. */
#include "explore/panel/panel_internal.hpp"

#include <cfloat>
#include <cstdio>

/* ---- one's own ---- */

/* What can be done to an own mood: behind three dots. */
static void own_menu(panel *p, const panel_model *m, int i)
{
    if (!ImGui::BeginPopup("own"))
        return;
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 12);
    bool entered = ImGui::InputText("##new", p->new_name, sizeof p->new_name,
                                    ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::SameLine();
    if (ImGui::Button("Rename") || entered) {
        panel_ask(m, WISH_RENAME, i, p->new_name);
        ImGui::CloseCurrentPopup();
    }
    if (ImGui::Button("Delete")) {
        panel_ask(m, WISH_DELETE, i);
        ImGui::CloseCurrentPopup();
    }
    ImGui::SameLine();
    ImGui::TextDisabled("Ctrl+Z brings it back");
    ImGui::EndPopup();
}

static void own_button(panel *p, const panel_model *m, int i, ImVec2 right)
{
    float side = ImGui::GetFrameHeight();
    ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(ImVec2(right.x - side, right.y));
    if (ImGui::Button("...", ImVec2(side, side))) {
        snprintf(p->new_name, sizeof p->new_name, "%s", m->moods[i].title);
        ImGui::OpenPopup("own");
    }
    panel_tooltip("Your own mood: rename or delete it");
    own_menu(p, m, i);
    ImGui::SetCursorScreenPos(after);
}

/* ---- the list ---- */

static void entry_text(const panel_mood *mood, bool now, ImVec2 at, float right)
{
    float em = ImGui::GetFontSize();
    ImDrawList *d = ImGui::GetWindowDrawList();
    d->AddText(at, ImGui::ColorConvertFloat4ToU32(now ? ink::ember : ink::text), mood->title);
    if (mood->own) {
        float x = at.x + ImGui::CalcTextSize(mood->title).x + em * 0.6f;
        d->AddText(ImGui::GetFont(), em * 0.87f, ImVec2(x, at.y + em * 0.1f),
                   ImGui::ColorConvertFloat4ToU32(ink::ember), "own");
    }
    d->AddText(ImGui::GetFont(), em * 0.87f, ImVec2(at.x, at.y + em * 1.2f),
               ImGui::ColorConvertFloat4ToU32(ink::dim), mood->about ? mood->about : "", nullptr,
               right - at.x);
}

static void entry(panel *p, const panel_model *m, int i)
{
    const panel_mood *mood = &m->moods[i];
    float em = ImGui::GetFontSize(), height = em * 3.4f, picture = height * 16 / 9;
    ImGui::PushID(i);
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::GetContentRegionAvail().x, right = at.x + width;
    if (ImGui::Selectable("##mood", i == m->mood, ImGuiSelectableFlags_AllowItemOverlap,
                          ImVec2(width, height)))
        panel_ask(m, WISH_MOOD, i);
    if (i == m->mood && p->mood_in_sight != i) {
        ImGui::SetScrollHereY();
        p->mood_in_sight = i;
    }
    if (mood->own) {
        right -= ImGui::GetFrameHeight() + em * 0.3f;
        own_button(p, m, i, ImVec2(at.x + width, at.y));
    }
    ImDrawList *d = ImGui::GetWindowDrawList();
    ImVec2 corner(at.x + picture, at.y + height);
    if (mood->thumbnail)
        d->AddImage((ImTextureID)(intptr_t)mood->thumbnail, at, corner);
    else
        d->AddRectFilled(at, corner, IM_COL32(34, 31, 28, 255));
    ImVec2 text(at.x + picture + em * 0.6f, at.y + em * 0.05f);
    d->PushClipRect(at, ImVec2(right, at.y + height), true);
    entry_text(mood, i == m->mood, text, right);
    d->PopClipRect();
    ImGui::PopID();
}

/* ---- new ones ---- */

static void blend(panel *p, const panel_model *m)
{
    static const panel_number share = {"share", "%.0f %%", 0, 1, false, 100};
    panel_heading("Between two moods");
    const char *with = m->blend_mood >= 0 ? m->moods[m->blend_mood].title : "choose a mood";
    float half = (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x) / 2;
    ImGui::SetNextItemWidth(half);
    if (ImGui::BeginCombo("##with", with)) {
        for (int i = 0; i < m->mood_count; i++)
            if (i != m->mood && ImGui::Selectable(m->moods[i].title, i == m->blend_mood))
                panel_ask(m, WISH_BLEND_WITH, i);
        ImGui::EndCombo();
    }
    panel_tooltip("The other mood; land and view stay");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(half);
    ImGui::BeginDisabled(m->blend_mood < 0);
    if (panel_number_bar(p, &share, &m->controls->blend, &m->controls->edit_ended))
        panel_ask(m, WISH_BLEND);
    ImGui::EndDisabled();
}

static void random_mood(panel *p, const panel_model *m)
{
    static const panel_number strength = {"strength", "%.0f %%", 0.05f, 1, false, 100};
    panel_heading("A random mood; what is locked stays");
    float half = (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x) / 2;
    if (ImGui::Button("Throw the dice", ImVec2(half, 0)))
        panel_ask(m, WISH_RANDOM);
    panel_tooltip("Every value that is not locked takes a random step; undo takes it back");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(half);
    panel_number_bar(p, &strength, &m->controls->random_strength, nullptr);
}

static void save(panel *p, const panel_model *m)
{
    panel_heading("Keep it");
    float third = ImGui::GetFontSize() * (m->own ? 4.5f : 6);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x -
                            (third + ImGui::GetStyle().ItemSpacing.x) * (m->own ? 2 : 1));
    bool entered = ImGui::InputTextWithHint("##name", "a name", p->save_name, sizeof p->save_name,
                                            ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::SameLine();
    ImGui::BeginDisabled(p->save_name[0] == '\0');
    if (ImGui::Button("Save as", ImVec2(third, 0)) || (entered && p->save_name[0]))
        panel_ask(m, WISH_SAVE_AS, 0, p->save_name);
    ImGui::EndDisabled();
    panel_tooltip("A preset of your own; it holds what differs, and the marked views");
    if (!m->own)
        return;
    ImGui::SameLine();
    if (ImGui::Button("Save", ImVec2(third, 0)))
        panel_ask(m, WISH_SAVE);
    panel_tooltip("Into the preset's file; comments and order stay (Ctrl+S)");
}

void panel_moods(panel *p, const panel_model *m)
{
    panel_check("keep the land and the view", &m->controls->keep_place);
    panel_tooltip("Another mood then changes light, air and grade only");
    float below = ImGui::GetFrameHeightWithSpacing() * 3 +
                  ImGui::GetTextLineHeightWithSpacing() * 3 + ImGui::GetStyle().ItemSpacing.y * 4;
    ImGui::BeginChild("moods", ImVec2(0, -below));
    for (int i = 0; i < m->mood_count; i++)
        entry(p, m, i);
    ImGui::EndChild();
    blend(p, m);
    random_mood(p, m);
    save(p, m);
}
