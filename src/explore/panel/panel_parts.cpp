/* What several of the panel's files draw with. */
#include "explore/panel/panel_internal.hpp"

#include <cmath>
#include <cstdio>

void panel_ask(const panel_model *m, panel_wish_type type, int number, const char *text)
{
    if (m->controls->wish_count == PANEL_WISHES)
        return;
    struct panel_wish *w = &m->controls->wishes[m->controls->wish_count++];
    w->type = type;
    w->number = number;
    snprintf(w->text, sizeof w->text, "%s", text);
}

float panel_width()
{
    const panel *p = (const panel *)ImGui::GetIO().UserData;
    float em = std::fmin(std::fmax(p->width_em, panel_narrowest), panel_widest);
    return std::floor(std::fmin(ImGui::GetFontSize() * em, ImGui::GetIO().DisplaySize.x * 0.6f));
}

void panel_begin_tooltip()
{
    const panel *p = (const panel *)ImGui::GetIO().UserData;
    float y = std::fmin(ImGui::GetItemRectMin().y, p->free_bottom - ImGui::GetFontSize() * 5);
    ImGui::SetNextWindowPos(ImVec2(panel_width() + ImGui::GetStyle().ItemSpacing.x, y));
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 26);
}

void panel_end_tooltip()
{
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

void panel_tooltip(const char *text)
{
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
        return;
    panel_begin_tooltip();
    ImGui::TextUnformatted(text);
    panel_end_tooltip();
}

bool panel_check(const char *label, bool *on)
{
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1);
    bool changed = ImGui::Checkbox(label, on);
    ImGui::PopStyleVar();
    return changed;
}

void panel_heading(const char *text)
{
    ImGui::Spacing();
    ImGui::PushStyleColor(ImGuiCol_Text, ink::dim);
    ImGui::TextWrapped("%s", text);
    ImGui::PopStyleColor();
}

bool panel_button(const char *label)
{
    const ImGuiStyle &style = ImGui::GetStyle();
    float wide = ImGui::CalcTextSize(label, nullptr, true).x + 2 * style.FramePadding.x;
    float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    if (ImGui::GetCursorScreenPos().x + wide > right)
        ImGui::NewLine();
    bool pressed = ImGui::Button(label);
    ImGui::SameLine();
    return pressed;
}

void panel_end_buttons()
{
    ImGui::NewLine();
}
