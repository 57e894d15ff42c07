/* A value as people write it, and a slider that shows it. */
#include "explore/panel/panel_internal.hpp"

#include <imgui_internal.h>

#include <cmath>
#include <cstdio>
#include <cstring>

/* ---- text ---- */

/* What presets write in ASCII, and what people write. UTF-8. */
static const struct {
    const char *plain, *written;
} units[] = {{"ug/m3", "\xc2\xb5g/m\xc2\xb3"}, {"mg/m3", "mg/m\xc2\xb3"}, {"um", "\xc2\xb5m"},
             {"m2/yr", "m\xc2\xb2/yr"},        {"deg/s", "\xc2\xb0/s"},   {"deg", "\xc2\xb0"}};

/* Lengths from here on are told in kilometres. */
static const float kilometres_from = 10000;

static bool off_at_zero(const param_info *info)
{
    return (info->kind & (KIND_APART | KIND_DECAY | KIND_STRENGTH)) ||
           info->scale == PARAM_SCALE_LOG0;
}

void panel_value_text(const param_info *info, const params *of, char out[PARAM_TEXT_MAX])
{
    param_value value;
    param_get(info, of, &value);
    param_format(info, of, PARAM_FORM_SHORT, out);
    if (info->type != PARAM_TYPE_FLOAT)
        return;
    if (value.f == 0 && off_at_zero(info)) {
        snprintf(out, PARAM_TEXT_MAX, "off");
        return;
    }
    if (strcmp(info->unit, "m") == 0 && std::fabs(value.f) >= kilometres_from) {
        snprintf(out, PARAM_TEXT_MAX, "%.4g km", (double)value.f / 1000);
        return;
    }
    for (const auto &unit : units) {
        size_t length = strlen(out), name = strlen(unit.plain);
        if (strcmp(info->unit, unit.plain) != 0 || length <= name)
            continue;
        bool close = unit.written[0] == '\xc2' && (unsigned char)unit.written[1] == 0xb0;
        snprintf(out + length - name - close, PARAM_TEXT_MAX - length + name + close, "%s",
                 unit.written);
        return;
    }
}

void panel_value_plain(const char *text, char out[PARAM_TEXT_MAX])
{
    size_t used = 0;
    while (*text && used + 8 < PARAM_TEXT_MAX) {
        const char *put = nullptr;
        if (strncmp(text, "\xc2\xb5", 2) == 0 || strncmp(text, "\xce\xbc", 2) == 0)
            put = "u"; /* the micro sign, and the letter mu */
        else if (strncmp(text, "\xc2\xb2", 2) == 0)
            put = "2";
        else if (strncmp(text, "\xc2\xb3", 2) == 0)
            put = "3";
        else if (strncmp(text, "\xc2\xb0", 2) == 0)
            put = "deg";
        if (!put) {
            out[used++] = *text++;
            continue;
        }
        used += (size_t)snprintf(out + used, PARAM_TEXT_MAX - used, "%s", put);
        text += 2;
    }
    out[used] = '\0';
    if (strcmp(out, "off") == 0)
        snprintf(out, PARAM_TEXT_MAX, "0");
}

/* ---- the slider ---- */

/* A drag begins after so many pixels, so that a click throws nothing; with Shift it is so much
 * finer. By eye. */
static const float drag_begins = 3, fine = 0.1f;

static void paint(const panel_bar *bar, ImVec2 at, ImVec2 to, bool lit)
{
    ImDrawList *d = ImGui::GetWindowDrawList();
    float width = to.x - at.x, pixel = std::fmax(1, std::floor(ImGui::GetFontSize() / 15));
    float round = ImGui::GetStyle().FrameRounding;
    float from = bar->origin, value = bar->position;
    ImVec2 a(at.x + std::floor(width * std::fmin(from, value)), at.y),
        b(at.x + std::ceil(width * std::fmax(from, value)), to.y);
    d->AddRectFilled(at, to, ImGui::GetColorU32(lit ? ImGuiCol_FrameBgHovered : ImGuiCol_FrameBg),
                     round);
    bool both = from > 0; /* values go both ways: from a mark at 0 */
    if (both)
        d->AddRectFilled(ImVec2(at.x + std::floor(width * from), at.y),
                         ImVec2(at.x + std::floor(width * from) + pixel, to.y),
                         IM_COL32(78, 63, 46, 255));
    else
        d->AddRectFilled(a, b, lit ? IM_COL32(84, 68, 48, 255) : IM_COL32(66, 54, 40, 255), round);
    b.x = std::fmax(b.x, a.x + 2 * pixel); /* the line under it tells where it ends */
    d->AddRectFilled(ImVec2(a.x, to.y - 2 * pixel), b,
                     lit ? IM_COL32(214, 160, 94, 255) : IM_COL32(158, 126, 84, 255));
    if (bar->base >= 0 && bar->base != value) {
        float mark = at.x + std::floor((width - pixel) * bar->base);
        d->AddRectFilled(ImVec2(mark, to.y - 4 * pixel), ImVec2(mark + pixel, to.y),
                         ImGui::GetColorU32(ImGuiCol_Text));
    }
}

panel_bar_event panel_slider(panel *p, panel_bar *bar)
{
    ImGuiIO &io = ImGui::GetIO();
    ImVec2 at = ImGui::GetCursorScreenPos();
    ImVec2 size(ImGui::CalcItemWidth(), ImGui::GetFrameHeight());
    ImVec2 to(at.x + size.x, at.y + size.y);
    ImGui::InvisibleButton("##slider", size);
    bool active = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
    panel_bar_event event = PANEL_BAR_NONE;
    if (ImGui::IsItemActivated()) {
        p->drag_x = io.MousePos.x;
        p->drag_position = bar->position;
        p->dragged = false;
    }
    float dx = io.MousePos.x - p->drag_x;
    if (active && !p->dragged && std::fabs(dx) >= drag_begins) {
        p->dragged = true;
        dx -= std::copysign(drag_begins, dx);
    }
    if (active && p->dragged && dx != 0) {
        p->drag_position += dx / size.x * (io.KeyShift ? fine : 1);
        p->drag_position = std::fmin(std::fmax(p->drag_position, 0), 1);
        p->drag_x = io.MousePos.x;
        bar->position = (float)p->drag_position;
        event = PANEL_BAR_MOVED;
    }
    if (ImGui::IsItemDeactivated() && p->dragged)
        event = PANEL_BAR_LET_GO;
    if (hovered && !p->dragged &&
        (ImGui::IsMouseDoubleClicked(0) || ImGui::IsMouseClicked(1) ||
         (io.KeyCtrl && ImGui::IsMouseClicked(0)))) {
        ImGui::ClearActiveID();
        event = PANEL_BAR_TYPE;
    }
    paint(bar, at, to, active || hovered);
    return event;
}

void panel_label(ImVec2 at, float width, const char *label, const char *value, bool changed)
{
    ImDrawList *d = ImGui::GetWindowDrawList();
    const ImGuiStyle &style = ImGui::GetStyle();
    float y = at.y + style.FramePadding.y, right = at.x + width - style.FramePadding.x;
    float left = right - (*value ? ImGui::CalcTextSize(value).x : 0);
    d->PushClipRect(at, ImVec2(at.x + width, at.y + ImGui::GetFrameHeight()), true);
    d->AddText(ImVec2(left, y), ImGui::ColorConvertFloat4ToU32(ink::text), value);
    d->PopClipRect();
    d->PushClipRect(at, ImVec2(left - style.ItemInnerSpacing.x, at.y + ImGui::GetFrameHeight()),
                    true);
    d->AddText(ImVec2(at.x + style.FramePadding.x, y),
               ImGui::ColorConvertFloat4ToU32(changed ? ink::ember : ink::label), label);
    d->PopClipRect();
}

/* ---- numbers of the panel's own ---- */

static float position_of(const panel_number *n, float value)
{
    float share = n->logarithmic ? std::log(value / n->min) / std::log(n->max / n->min)
                                 : (value - n->min) / (n->max - n->min);
    return std::fmin(std::fmax(share, 0), 1);
}

static float value_at(const panel_number *n, float position)
{
    return n->logarithmic ? n->min * std::pow(n->max / n->min, position)
                          : n->min + (n->max - n->min) * position;
}

static bool type_number(panel *p, const panel_number *n, float *value)
{
    if (p->typing_begins)
        ImGui::SetKeyboardFocusHere();
    bool entered =
        ImGui::InputText("##typed", p->typed, sizeof p->typed,
                         ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    if (!p->typing_begins && !ImGui::IsItemActive())
        p->typing_number = 0;
    p->typing_begins = false;
    double typed;
    if (!entered || number_parse(p->typed, &typed) == 0)
        return false;
    *value = std::fmin(std::fmax((float)typed / n->shown, n->min), n->max);
    return true;
}

bool panel_number_bar(panel *p, const panel_number *n, float *value, bool *ended)
{
    char text[64];
    ImGui::PushID(n->label);
    ImGuiID id = ImGui::GetID("bar");
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::CalcItemWidth();
    bool changed = false;
    if (p->typing_number == id) {
        changed = type_number(p, n, value);
        if (changed && ended)
            *ended = true;
        ImGui::PopID();
        return changed;
    }
    float zero = n->min < 0 ? position_of(n, 0) : 0;
    panel_bar bar = {position_of(n, *value), -1, zero};
    panel_bar_event event = panel_slider(p, &bar);
    if (event == PANEL_BAR_MOVED) {
        *value = value_at(n, bar.position);
        changed = true;
    } else if (event == PANEL_BAR_LET_GO && ended) {
        *ended = true;
    } else if (event == PANEL_BAR_TYPE) {
        p->typing_number = id;
        p->typing_begins = true;
        snprintf(p->typed, sizeof p->typed, "%.4g", (double)(*value * n->shown));
    }
    snprintf(text, sizeof text, n->format, (double)(*value * n->shown));
    panel_label(at, width, n->label, text, false);
    ImGui::PopID();
    return changed;
}
