/* The rows of params_table: a slider, a picker or a list each, all made from the row alone. */
#include "explore/panel/panel_internal.hpp"

#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>

/* Seconds that the pointer rests on a row before it is explained. */
static const double explain_after_s = 0.4;

static bool holds(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (; *text; text++) {
        size_t i = 0;
        while (i < n && tolower((unsigned char)text[i]) == tolower((unsigned char)word[i]))
            i++;
        if (i == n)
            return true;
    }
    return n == 0;
}

static void put(const panel_model *m, int row, const param_value &value)
{
    param_put(&params_table[row], m->controls->params, &value);
    m->controls->edited_row = row;
}

/* ---- small signs, drawn: no font need have them ---- */

static bool sign_button(const char *id, ImVec2 &min, float &size)
{
    size = ImGui::GetFrameHeight();
    min = ImGui::GetCursorScreenPos();
    return ImGui::InvisibleButton(id, ImVec2(size, size));
}

static ImU32 sign_colour(bool lit)
{
    ImVec4 c = ImGui::IsItemHovered() ? ink::text
               : lit                  ? ink::ember
                                      : ImVec4(0.38f, 0.35f, 0.31f, 1);
    return ImGui::ColorConvertFloat4ToU32(c);
}

static bool lock_button(bool locked)
{
    ImVec2 at;
    float s;
    bool pressed = sign_button("lock", at, s);
    ImDrawList *d = ImGui::GetWindowDrawList();
    ImU32 c = sign_colour(locked);
    float x = at.x + s / 2, y = at.y + s * 0.52f, r = s * 0.15f, line = std::fmax(1, s * 0.07f);
    d->AddRectFilled(ImVec2(x - s * 0.22f, y), ImVec2(x + s * 0.22f, y + s * 0.28f), c, 1);
    d->PathArcTo(ImVec2(x + (locked ? 0 : s * 0.16f), y - s * 0.03f), r, -3.1416f, 0);
    d->PathStroke(c, 0, line);
    panel_tooltip(locked ? "Locked: random moods leave it" : "Lock it against random moods");
    return pressed;
}

static bool reset_button(const char *tooltip)
{
    ImVec2 at;
    float s;
    bool pressed = sign_button("reset", at, s);
    ImDrawList *d = ImGui::GetWindowDrawList();
    ImU32 c = sign_colour(true);
    ImVec2 middle(at.x + s / 2, at.y + s / 2);
    float r = s * 0.22f, line = std::fmax(1, s * 0.07f);
    d->PathArcTo(middle, r, -2.2f, 2.6f);
    d->PathStroke(c, 0, line);
    ImVec2 tip(middle.x + r * std::cos(-2.2f), middle.y + r * std::sin(-2.2f));
    float a = s * 0.16f;
    d->AddTriangleFilled(ImVec2(tip.x - a, tip.y + a * 0.2f), ImVec2(tip.x + a * 0.5f, tip.y - a),
                         ImVec2(tip.x + a * 0.6f, tip.y + a * 0.8f), c);
    panel_tooltip(tooltip);
    return pressed;
}

/* ---- a value ---- */

static void begin_typing(panel *p, const panel_model *m, int row)
{
    p->typing_row = row;
    p->typing_begins = true;
    p->wrong[0] = '\0';
    param_format(&params_table[row], m->controls->params, PARAM_FORM_EXACT, p->typed);
}

static void type_value(panel *p, const panel_model *m, int row)
{
    if (p->typing_begins)
        ImGui::SetKeyboardFocusHere();
    bool entered =
        ImGui::InputText("##typed", p->typed, sizeof p->typed,
                         ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    if (entered) {
        param_value value;
        char plain[PARAM_TEXT_MAX];
        const param_info *info = &params_table[row];
        panel_value_plain(p->typed, plain);
        if (param_parse(info, info->key, plain, &value, p->wrong)) {
            put(m, row, value);
            m->controls->edit_ended = true;
            p->typing_row = -1;
        } else {
            p->typing_begins = true;
            return;
        }
    } else if (!p->typing_begins && !ImGui::IsItemActive()) {
        p->typing_row = -1;
    }
    p->typing_begins = false;
    if (p->wrong[0]) {
        panel_begin_tooltip();
        ImGui::TextColored(ink::bad, "%s", p->wrong);
        panel_end_tooltip();
    }
}

/* What a row shows of itself. */
struct row_text {
    char label[64], value[PARAM_TEXT_MAX];
    bool changed;
};

static row_text text_of(const panel_model *m, int row, const params *shown)
{
    const param_info *info = &params_table[row];
    row_text t;
    snprintf(t.label, sizeof t.label, "%s", info->name);
    for (char *c = t.label; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    panel_value_text(info, shown, t.value);
    t.changed = !param_equal(info, m->controls->params, m->base);
    return t;
}

static void put_text(const panel_model *m, int row, const params *shown, ImVec2 at, float width)
{
    row_text t = text_of(m, row, shown);
    panel_label(at, width, t.label, t.value, t.changed);
}

static void number(panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    bool land = info->part == PARAMS_LAND; /* a new world is built when it is let go */
    param_value value, base;
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::CalcItemWidth();
    param_get(info, m->controls->params, &value);
    param_get(info, m->base, &base);
    if (p->held_row == row)
        value.f = p->held;
    bool both = info->min < 0 && info->max > 0 && !(info->kind & KIND_BEARING);
    panel_bar bar = {(float)param_slider_position(info, value.f),
                     (float)param_slider_position(info, base.f),
                     both ? (float)param_slider_position(info, 0) : 0};
    panel_bar_event event = panel_slider(p, &bar);
    if (event == PANEL_BAR_MOVED) {
        value.f = param_slider_value(info, bar.position);
        if (!land)
            put(m, row, value);
        p->held = value.f;
        p->held_row = land ? row : -1;
    } else if (event == PANEL_BAR_LET_GO) {
        m->controls->edit_ended = true;
        if (p->held_row == row)
            put(m, row, value);
        p->held_row = -1;
    } else if (event == PANEL_BAR_TYPE) {
        begin_typing(p, m, row);
    }
    params shown = *m->controls->params;
    param_put(info, &shown, &value);
    put_text(m, row, &shown, at, width);
}

/* A frame that can be clicked, where other rows have their slider. */
static bool frame_button(const panel_model *m, int row, float width)
{
    ImVec2 at = ImGui::GetCursorScreenPos(), to(at.x + width, at.y + ImGui::GetFrameHeight());
    bool pressed = ImGui::InvisibleButton("##frame", ImVec2(width, ImGui::GetFrameHeight()));
    ImGui::GetWindowDrawList()->AddRectFilled(
        at, to,
        ImGui::GetColorU32(ImGui::IsItemHovered() ? ImGuiCol_FrameBgHovered : ImGuiCol_FrameBg),
        ImGui::GetStyle().FrameRounding);
    put_text(m, row, m->controls->params, at, width);
    return pressed;
}

static void whole_number(panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    param_value value;
    param_get(info, m->controls->params, &value);
    float side = ImGui::GetFrameHeight(), width = ImGui::CalcItemWidth() - 2 * (side + 1);
    frame_button(m, row, width);
    if (ImGui::IsItemHovered() && (ImGui::IsMouseDoubleClicked(0) || ImGui::IsMouseClicked(1) ||
                                   (ImGui::GetIO().KeyCtrl && ImGui::IsMouseClicked(0))))
        begin_typing(p, m, row);
    int step = 0;
    ImGui::SameLine(0, 1);
    step -= ImGui::Button("-", ImVec2(side, side));
    ImGui::SameLine(0, 1);
    step += ImGui::Button("+", ImVec2(side, side));
    if (step == 0 || (step < 0 && value.i <= (int)info->min))
        return;
    value.i += step;
    put(m, row, value);
    m->controls->edit_ended = true;
}

/* The picker works on what a preset writes: 8 bits of sRGB. */
static void pick(const panel_model *m, int row, uint32_t hex)
{
    float rgb[3];
    for (int i = 0; i < 3; i++)
        rgb[i] = (float)(hex >> (16 - 8 * i) & 255) / 255;
    if (ImGui::ColorPicker3("##colour", rgb,
                            ImGuiColorEditFlags_DisplayHex | ImGuiColorEditFlags_NoSidePreview)) {
        param_value value;
        hex = 0;
        for (float c : rgb)
            hex = hex << 8 | (uint32_t)std::lround(std::fmin(std::fmax(c, 0), 1) * 255);
        colour_from_hex(hex, value.rgb);
        put(m, row, value);
    }
    m->controls->edit_ended = m->controls->edit_ended || ImGui::IsItemDeactivatedAfterEdit();
}

static void colour(const panel_model *m, int row)
{
    param_value value;
    param_get(&params_table[row], m->controls->params, &value);
    uint32_t hex = colour_nearest_hex(value.rgb);
    float side = ImGui::GetFrameHeight(), width = ImGui::CalcItemWidth() - 2 * side;
    ImVec2 at = ImGui::GetCursorScreenPos();
    if (frame_button(m, row, width))
        ImGui::OpenPopup("pick");
    ImGui::GetWindowDrawList()->AddRectFilled(
        ImVec2(at.x + width, at.y), ImVec2(at.x + width + 2 * side, at.y + side),
        IM_COL32(hex >> 16 & 255, hex >> 8 & 255, hex & 255, 255), ImGui::GetStyle().FrameRounding);
    ImGui::SameLine(0, 0);
    if (ImGui::InvisibleButton("##swatch", ImVec2(2 * side, side)))
        ImGui::OpenPopup("pick");
    ImGui::SetNextWindowPos(ImVec2(at.x, at.y + side));
    if (!ImGui::BeginPopup("pick"))
        return;
    pick(m, row, hex);
    ImGui::EndPopup();
}

static void choice(const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    param_value value;
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::CalcItemWidth();
    param_get(info, m->controls->params, &value);
    bool open = ImGui::BeginCombo("##choice", "");
    if (open) {
        for (int i = 0; i < param_choice_count(info); i++) {
            char name[PARAM_TEXT_MAX];
            param_choice_name(info, i, name);
            if (ImGui::Selectable(name, i == value.i)) {
                param_value chosen = value;
                chosen.i = i;
                put(m, row, chosen);
                m->controls->edit_ended = true;
            }
        }
        ImGui::EndCombo();
    }
    put_text(m, row, m->controls->params, at, width - ImGui::GetFrameHeight());
}

static void widget(panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    if (p->typing_row == row)
        type_value(p, m, row);
    else if (info->type == PARAM_TYPE_FLOAT)
        number(p, m, row);
    else if (info->type == PARAM_TYPE_INT)
        whole_number(p, m, row);
    else if (info->type == PARAM_TYPE_COLOUR)
        colour(m, row);
    else
        choice(m, row);
}

static void range_text(const param_info *info, char *out, size_t size)
{
    char ends[2][PARAM_TEXT_MAX], range[PARAM_RANGE_MAX];
    if (info->type != PARAM_TYPE_FLOAT) {
        param_format_range(info, range);
        snprintf(out, size, "%s", range);
        return;
    }
    for (int i = 0; i < 2; i++) {
        params p;
        param_value value = {(float)((i ? info->max : info->min) * info->factor)};
        params_init(&p);
        param_put(info, &p, &value);
        panel_value_text(info, &p, ends[i]);
    }
    snprintf(out, size, "%s to %s", ends[0], ends[1]);
}

/* Explains the row that the pointer has rested on for a while; not while a slider is dragged. */
static void explain(panel *p, const panel_model *m, int row, ImVec2 at, ImVec2 to)
{
    const param_info *info = &params_table[row];
    bool here = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, to);
    if (!here || ImGui::IsAnyItemActive()) {
        p->pointed_row = p->pointed_row == row ? -1 : p->pointed_row;
        return;
    }
    if (p->pointed_row != row) {
        p->pointed_row = row;
        p->pointed_s = ImGui::GetTime();
    }
    if (ImGui::GetTime() - p->pointed_s < explain_after_s) {
        p->restless = 2;
        return;
    }
    char range[2 * PARAM_TEXT_MAX + 8], base[PARAM_TEXT_MAX];
    range_text(info, range, sizeof range);
    panel_value_text(info, m->base, base);
    panel_begin_tooltip();
    ImGui::TextUnformatted(info->help);
    ImGui::TextDisabled("%s: %s\nin the preset %s%s", info->key, range, base,
                        info->type == PARAM_TYPE_FLOAT
                            ? "\nDrag; with Shift it is finer. Double-click to type."
                            : "");
    panel_end_tooltip();
}

static void signs(const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    char base[PARAM_TEXT_MAX], tooltip[PARAM_TEXT_MAX + 32];
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ImGui::GetStyle().ItemSpacing.y));
    if (lock_button(m->controls->locked[row]))
        m->controls->locked[row] = !m->controls->locked[row];
    if (!param_equal(info, m->controls->params, m->base)) {
        panel_value_text(info, m->base, base);
        snprintf(tooltip, sizeof tooltip, "Back to the preset's %s", base);
        ImGui::SameLine();
        if (reset_button(tooltip)) {
            param_value value;
            param_get(info, m->base, &value);
            put(m, row, value);
            m->controls->edit_ended = true;
        }
    }
    ImGui::PopStyleVar();
}

static void draw_row(panel *p, const panel_model *m, int row)
{
    ImGui::PushID(row);
    float all = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
    float width = all - 2 * ImGui::GetFrameHeight() - ImGui::GetStyle().ItemInnerSpacing.x;
    ImVec2 at = ImGui::GetCursorScreenPos(), to(at.x + width, at.y + ImGui::GetFrameHeight());
    ImGui::SetNextItemWidth(width);
    widget(p, m, row);
    if (p->typing_row != row)
        explain(p, m, row, at, to);
    ImGui::SameLine(left + all - 2 * ImGui::GetFrameHeight());
    signs(m, row);
    ImGui::PopID();
}

/* ---- sections ---- */

static bool row_is_wanted(const panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    if (p->only_changed && param_equal(info, m->controls->params, m->base))
        return false;
    return holds(info->key, p->search) || holds(info->help, p->search);
}

struct section_count {
    int first, rows, wanted, changed, locked;
};

static section_count count(const panel *p, const panel_model *m, const char *section)
{
    section_count c = {-1, 0, 0, 0, 0};
    for (int i = 0; i < PARAM_ROWS; i++) {
        if (strcmp(params_table[i].section, section) != 0)
            continue;
        c.first = c.first < 0 ? i : c.first;
        c.rows++;
        c.wanted += row_is_wanted(p, m, i);
        c.changed += !param_equal(&params_table[i], m->controls->params, m->base);
        c.locked += m->controls->locked[i];
    }
    return c;
}

static void draw_section(panel *p, const panel_model *m, const param_section_info *s)
{
    section_count c = count(p, m, s->section);
    if (c.wanted == 0)
        return;
    char title[64];
    ImGui::PushID(s->section);
    snprintf(title, sizeof title, c.changed ? "%s  (%d changed)###head" : "%s###head", s->section,
             c.changed);
    title[0] = (char)toupper((unsigned char)title[0]);
    bool searching = p->search[0] || p->only_changed;
    float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
    bool first = strcmp(s->section, "sun") == 0 || strcmp(s->section, "fog") == 0;
    ImGui::SetNextItemOpen(first || searching,
                           searching ? ImGuiCond_Always : ImGuiCond_FirstUseEver);
    ImGui::PushStyleColor(ImGuiCol_Header, ImVec4(0, 0, 0, 0));
    bool open = ImGui::CollapsingHeader(title, ImGuiTreeNodeFlags_AllowItemOverlap);
    ImGui::PopStyleColor();
    panel_tooltip(s->help);
    ImGui::SameLine(right - 2 * ImGui::GetFrameHeight());
    bool locked = c.locked == c.rows;
    if (lock_button(locked))
        for (int i = c.first; i < c.first + c.rows; i++)
            m->controls->locked[i] = !locked;
    if (open && strcmp(s->section, "grade") == 0)
        panel_histogram(m);
    for (int i = c.first; open && i < c.first + c.rows; i++)
        if (row_is_wanted(p, m, i))
            draw_row(p, m, i);
    ImGui::PopID();
}

void panel_rows(panel *p, const panel_model *m)
{
    ImGuiStyle &style = ImGui::GetStyle();
    float box = ImGui::CalcTextSize("changed").x + ImGui::GetFrameHeight() +
                style.ItemInnerSpacing.x + style.ItemSpacing.x;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - box);
    ImGui::InputTextWithHint("##search", "search: fog, wind, exposure...", p->search,
                             sizeof p->search);
    ImGui::SameLine();
    panel_check("changed", &p->only_changed);
    panel_tooltip("Only what differs from the preset");
    ImGui::BeginChild("rows", ImVec2(0, 0));
    int shown = 0;
    for (size_t i = 0; i < params_section_count; i++) {
        shown += count(p, m, params_sections[i].section).wanted;
        draw_section(p, m, &params_sections[i]);
    }
    if (shown == 0)
        ImGui::TextDisabled(p->only_changed ? "Nothing differs from the preset."
                                            : "No value is called that.");
    if (shown > 0) {
        ImGui::Spacing();
        if (panel_button("Reset all but the view"))
            panel_ask(m, WISH_RESET_MOOD);
        panel_tooltip("Every value as the preset has it; the camera stays");
        panel_end_buttons();
    }
    ImGui::EndChild();
}
