/* The panel's other tabs: moods, the view, the frame's time. */
#include "explore/panel/panel_internal.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>

/* ---- moods ---- */

static void mood_entry(const panel_model *m, int i)
{
    const panel_mood *mood = &m->moods[i];
    float em = ImGui::GetFontSize(), height = em * 3.4f, picture = height * 16 / 9;
    ImGui::PushID(i);
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::GetContentRegionAvail().x;
    if (ImGui::Selectable("##mood", i == m->mood, 0, ImVec2(width, height)))
        panel_ask(m, WISH_MOOD, i);
    ImDrawList *d = ImGui::GetWindowDrawList();
    ImVec2 corner(at.x + picture, at.y + height);
    if (mood->thumbnail)
        d->AddImage((ImTextureID)(intptr_t)mood->thumbnail, at, corner);
    else
        d->AddRectFilled(at, corner, IM_COL32(34, 31, 28, 255));
    float left = at.x + picture + em * 0.6f;
    d->PushClipRect(at, ImVec2(at.x + width, at.y + height), true);
    d->AddText(ImVec2(left, at.y + em * 0.05f),
               ImGui::ColorConvertFloat4ToU32(i == m->mood ? ink::ember : ink::text), mood->title);
    d->AddText(ImGui::GetFont(), em * 0.87f, ImVec2(left, at.y + em * 1.25f),
               ImGui::ColorConvertFloat4ToU32(ink::dim), mood->about ? mood->about : "", nullptr,
               at.x + width - left);
    d->PopClipRect();
    ImGui::PopID();
}

static void blend(const panel_model *m)
{
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
    float percent = m->controls->blend * 100;
    if (ImGui::SliderFloat("##blend", &percent, 0, 100, "%.0f %% of it",
                           ImGuiSliderFlags_AlwaysClamp)) {
        m->controls->blend = percent / 100;
        panel_ask(m, WISH_BLEND);
    }
    m->controls->edit_ended = m->controls->edit_ended || ImGui::IsItemDeactivatedAfterEdit();
    ImGui::EndDisabled();
}

static void random_mood(const panel_model *m)
{
    panel_heading("A mood by chance, where nothing is locked");
    float half = (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x) / 2;
    if (ImGui::Button("Throw the dice", ImVec2(half, 0)))
        panel_ask(m, WISH_RANDOM);
    panel_tooltip("Every value that is not locked takes a random step; undo takes it back");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(half);
    float percent = m->controls->random_strength * 100;
    if (ImGui::SliderFloat("##strength", &percent, 5, 100, "strength %.0f %%",
                           ImGuiSliderFlags_AlwaysClamp))
        m->controls->random_strength = percent / 100;
}

static void save(panel *p, const panel_model *m)
{
    panel_heading("Keep it");
    float third = ImGui::GetFontSize() * 6;
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
    ImGui::Checkbox("keep the land and the view", &m->controls->keep_place);
    panel_tooltip("Another mood then changes light, air and grade only");
    float below = ImGui::GetFrameHeightWithSpacing() * 3 +
                  ImGui::GetTextLineHeightWithSpacing() * 3 + ImGui::GetStyle().ItemSpacing.y * 4;
    ImGui::BeginChild("moods", ImVec2(0, -below));
    for (int i = 0; i < m->mood_count; i++)
        mood_entry(m, i);
    ImGui::EndChild();
    blend(m);
    random_mood(m);
    save(p, m);
}

/* ---- the view ---- */

static void views(const panel_model *m)
{
    panel_heading("Views of the preset");
    for (int i = 0; i < m->view_count; i++)
        if (panel_button(m->views[i]))
            panel_ask(m, WISH_VIEW, i);
    panel_end_buttons();
    if (m->view_count == 0)
        ImGui::TextDisabled("It has none.");
    panel_heading("Marked views: Ctrl and a digit marks, the digit goes there");
    for (int i = 0; i < PANEL_MARKS; i++) {
        char label[8];
        snprintf(label, sizeof label, "%d", i + 1);
        ImGui::PushStyleColor(ImGuiCol_Text, m->marks[i] ? ink::ember : ink::dim);
        if (panel_button(label))
            panel_ask(m, m->marks[i] && !ImGui::GetIO().KeyCtrl ? WISH_MARK_GO : WISH_MARK_SET, i);
        ImGui::PopStyleColor();
        panel_tooltip(m->marks[i] ? "Go there; with Ctrl, mark this view instead"
                                  : "Mark this view");
    }
    panel_end_buttons();
}

static void path_rows(const panel_model *m)
{
    char label[32];
    float third = (ImGui::GetContentRegionAvail().x - 2 * ImGui::GetStyle().ItemSpacing.x) / 3;
    panel_heading("Path: views one after another, for frames and videos");
    if (ImGui::Button("Add this view", ImVec2(third, 0)))
        panel_ask(m, WISH_KEY_ADD);
    panel_tooltip("The path's next key (K)");
    ImGui::SameLine();
    ImGui::BeginDisabled(m->keys == 0);
    if (ImGui::Button("Take one back", ImVec2(third, 0)))
        panel_ask(m, WISH_KEY_BACK);
    ImGui::EndDisabled();
    panel_tooltip("The last key goes (Shift+K)");
    ImGui::SameLine();
    ImGui::BeginDisabled(m->keys < 2);
    if (ImGui::Button(m->playing ? "Stop" : "Play", ImVec2(third, 0)))
        panel_ask(m, WISH_PLAY);
    ImGui::EndDisabled();
    panel_tooltip("Fly along it (L); saving the preset keeps it as [path.recorded]");
    for (int i = 0; i < m->keys; i++) {
        snprintf(label, sizeof label, "%.3g s##key%d", i * m->key_gap_s, i);
        if (panel_button(label))
            panel_ask(m, WISH_KEY_GO, i);
    }
    if (m->keys > 0)
        panel_end_buttons();
}

static void motion(const panel_model *m)
{
    panel_heading("Motion");
    bool walking = m->flight->walking;
    if (ImGui::RadioButton("fly", !walking) && walking)
        panel_ask(m, WISH_WALK);
    ImGui::SameLine();
    if (ImGui::RadioButton("walk", walking) && !walking)
        panel_ask(m, WISH_WALK);
    panel_tooltip("At the height of your eyes, and not up cliffs (G)");
    ImGui::SameLine();
    ImGui::TextDisabled("%.3g m/s; the wheel changes it", m->flight->speed_mps);
    ImGui::Text("%.0f m high, %.1f m over the ground",
                m->viewer->ground_m + (m->flight->altitude - m->flight->ground),
                m->flight->altitude - m->flight->ground);
}

static void times(const panel_model *m)
{
    panel_heading("Time");
    bool runs = !m->controls->paused;
    if (ImGui::Checkbox("the air drifts", &runs))
        m->controls->paused = !runs;
    panel_tooltip("Wind carries the billows (P). While all stands still, the picture gets better");
    ImGui::SameLine(ImGui::GetContentRegionAvail().x / 2);
    ImGui::Checkbox("the day runs", &m->controls->day_runs);
    panel_tooltip("The sun goes round the sky from where it stands (T)");
    float half = (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x) / 2;
    ImGui::SetNextItemWidth(half);
    ImGui::SliderFloat("##latitude", &m->controls->latitude_deg, -89, 89, "latitude %.0f deg",
                       ImGuiSliderFlags_AlwaysClamp);
    panel_tooltip("It decides the sun's way; north is positive");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(half);
    ImGui::SliderFloat("##rate", &m->controls->hours_per_minute, 1 / 60.0f, 24, "%.3g h a minute",
                       ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_Logarithmic);
    panel_tooltip("How fast the day runs");
    ImGui::TextDisabled("%02d:%02d by the sun", (int)m->day_hours,
                        (int)(std::fmod(m->day_hours, 1) * 60));
}

static void still_rows(const panel_model *m)
{
    static const int widths[] = {1280, 1920, 2560, 3840, 7680};
    panel_heading("Stills (F12)");
    float half = (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x) / 2;
    char label[48];
    double aspect = m->controls->params->grade_aspect;
    snprintf(label, sizeof label, "%d x %d", m->controls->still_width,
             picture_shape_height(m->controls->still_width, aspect));
    ImGui::SetNextItemWidth(half);
    if (ImGui::BeginCombo("##size", label)) {
        for (int w : widths) {
            snprintf(label, sizeof label, "%d x %d", w, picture_shape_height(w, aspect));
            if (ImGui::Selectable(label, w == m->controls->still_width))
                m->controls->still_width = w;
        }
        ImGui::EndCombo();
    }
    panel_tooltip("Size of the picture");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(half);
    ImGui::Combo("##quality", &m->controls->still_quality, render_quality_names, RENDER_QUALITIES);
    panel_tooltip("draft: one sample, rougher air; good: 16; final: as many as it needs, up to 64");
    if (ImGui::Button("Take a still", ImVec2(half, 0)))
        panel_ask(m, WISH_STILL);
    ImGui::SameLine();
    if (ImGui::Button("Copy its command", ImVec2(half, 0)))
        panel_ask(m, WISH_COPY);
}

void panel_view(panel *p, const panel_model *m)
{
    (void)p;
    ImGui::BeginChild("view", ImVec2(0, 0));
    motion(m);
    views(m);
    path_rows(m);
    times(m);
    still_rows(m);
    panel_heading("Window");
    if (panel_button("Full screen"))
        panel_ask(m, WISH_FULL_SCREEN);
    panel_tooltip("F11, or Alt and Enter");
    if (panel_button("Read files again"))
        panel_ask(m, WISH_RELOAD);
    panel_tooltip("The preset's file and, with --data, the shaders (F5)");
    if (panel_button("Reset all"))
        panel_ask(m, WISH_RESET_ALL);
    panel_tooltip("Everything as the preset has it, the view too");
    panel_end_buttons();
    ImGui::EndChild();
}

void panel_frame(panel *p, const panel_model *m)
{
    (void)p;
    ImGui::BeginChild("frame", ImVec2(0, 0));
    panel_times(m);
    ImGui::SetNextItemWidth(-1);
    ImGui::SliderFloat("##fps", &m->controls->fps, 5, 120, "%.0f frames a second wanted",
                       ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_Logarithmic);
    panel_tooltip(
        "Fewer frames are sharper ones: what each may take decides the size it is drawn at");
    ImGui::Checkbox("over the picture, without the panel", &m->controls->show_times);
    panel_tooltip("The same in a corner (F3)");
    ImGui::EndChild();
}
