/* The rows of params_table: a slider, a picker or a list each, all made from the row alone. */
#include "explore/panel/panel_internal.hpp"

#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>

/* Of the row's width: where the widget begins; by eye. */
static const float label_share = 0.36f;

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

/* A text as a printf format that prints it. */
static void escape(const char *text, char *out, size_t size)
{
    size_t used = 0;
    for (; *text && used + 2 < size; text++) {
        out[used++] = *text;
        if (*text == '%')
            out[used++] = '%';
    }
    out[used] = '\0';
}

static bool wants_typing()
{
    ImVec2 at = ImGui::GetCursorScreenPos();
    ImVec2 to(at.x + ImGui::CalcItemWidth(), at.y + ImGui::GetFrameHeight());
    bool here = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(at, to);
    return here &&
           (ImGui::IsMouseClicked(1) || (ImGui::GetIO().KeyCtrl && ImGui::IsMouseClicked(0)));
}

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
        const param_info *info = &params_table[row];
        if (param_parse(info, info->key, p->typed, &value, p->wrong)) {
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

static void slider(panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    bool land = info->part == PARAMS_LAND; /* a new world is built when it is let go */
    param_value value;
    param_get(info, m->controls->params, &value);
    if (p->held_row == row)
        value.f = p->held;
    params shown = *m->controls->params;
    char text[PARAM_TEXT_MAX], format[2 * PARAM_TEXT_MAX];
    param_put(info, &shown, &value);
    param_format(info, &shown, PARAM_FORM_SHORT, text);
    escape(text, format, sizeof format);
    float position = (float)param_slider_position(info, value.f);
    if (ImGui::SliderFloat("##slider", &position, 0, 1, format,
                           ImGuiSliderFlags_NoInput | ImGuiSliderFlags_NoRoundToFormat)) {
        value.f = param_slider_value(info, position);
        if (!land)
            put(m, row, value);
        p->held = value.f;
        p->held_row = land ? row : -1;
    }
    if (!ImGui::IsItemDeactivated())
        return;
    m->controls->edit_ended = true;
    if (p->held_row == row)
        put(m, row, value);
    p->held_row = -1;
}

static void whole_number(const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    param_value value;
    param_get(info, m->controls->params, &value);
    int number = value.i;
    if (ImGui::InputInt("##number", &number, 1, 100, ImGuiInputTextFlags_EnterReturnsTrue)) {
        value.i = number < (int)info->min ? (int)info->min : number;
        put(m, row, value);
        m->controls->edit_ended = true;
    }
}

/* The picker works on what a preset writes: 8 bits of sRGB. */
static void colour(const panel_model *m, int row)
{
    param_value value;
    param_get(&params_table[row], m->controls->params, &value);
    uint32_t hex = colour_nearest_hex(value.rgb);
    float rgb[3];
    for (int i = 0; i < 3; i++)
        rgb[i] = (float)(hex >> (16 - 8 * i) & 255) / 255;
    if (ImGui::ColorEdit3("##colour", rgb, ImGuiColorEditFlags_DisplayHex)) {
        hex = 0;
        for (float c : rgb)
            hex = hex << 8 | (uint32_t)std::lround(std::fmin(std::fmax(c, 0), 1) * 255);
        colour_from_hex(hex, value.rgb);
        put(m, row, value);
    }
    m->controls->edit_ended = m->controls->edit_ended || ImGui::IsItemDeactivatedAfterEdit();
}

static void choice(const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    param_value value;
    param_get(info, m->controls->params, &value);
    char name[PARAM_TEXT_MAX];
    param_choice_name(info, value.i, name);
    if (!ImGui::BeginCombo("##choice", name))
        return;
    for (int i = 0; i < param_choice_count(info); i++) {
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

static void widget(panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    bool number = info->type == PARAM_TYPE_FLOAT;
    if (number && p->typing_row != row && wants_typing())
        begin_typing(p, m, row);
    if (p->typing_row == row)
        type_value(p, m, row);
    else if (number)
        slider(p, m, row);
    else if (info->type == PARAM_TYPE_INT)
        whole_number(m, row);
    else if (info->type == PARAM_TYPE_COLOUR)
        colour(m, row);
    else
        choice(m, row);
}

static void explain(const param_info *info, const panel_model *m)
{
    if (!ImGui::IsItemHovered())
        return;
    char range[PARAM_TEXT_MAX], base[PARAM_TEXT_MAX];
    param_format_range(info, range);
    param_format(info, m->base, PARAM_FORM_SHORT, base);
    panel_begin_tooltip();
    ImGui::TextUnformatted(info->help);
    ImGui::TextDisabled("%s: %s\nhere %s%s", info->key, range, base,
                        info->type == PARAM_TYPE_FLOAT ? "; right-click the slider to type" : "");
    panel_end_tooltip();
}

static void draw_row(panel *p, const panel_model *m, int row)
{
    const param_info *info = &params_table[row];
    bool changed = !param_equal(info, m->controls->params, m->base);
    char label[64], tooltip[PARAM_TEXT_MAX + 32];
    snprintf(label, sizeof label, "%s", info->name);
    for (char *c = label; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    ImGui::PushID(row);
    float width = ImGui::GetContentRegionAvail().x, left = ImGui::GetCursorPosX();
    float signs = 2 * ImGui::GetFrameHeight();
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, changed ? ink::ember : ink::text);
    ImGui::TextUnformatted(label);
    ImGui::PopStyleColor();
    explain(info, m);
    ImGui::SameLine(left + width * label_share);
    ImGui::SetNextItemWidth(width * (1 - label_share) - signs - ImGui::GetStyle().ItemSpacing.x);
    widget(p, m, row);
    ImGui::SameLine(left + width - signs);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ImGui::GetStyle().ItemSpacing.y));
    if (lock_button(m->controls->locked[row]))
        m->controls->locked[row] = !m->controls->locked[row];
    if (changed) {
        char base[PARAM_TEXT_MAX];
        param_format(info, m->base, PARAM_FORM_SHORT, base);
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
    if (searching)
        ImGui::SetNextItemOpen(true);
    float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
    bool open = ImGui::CollapsingHeader(title, ImGuiTreeNodeFlags_AllowItemOverlap);
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
    ImGui::Checkbox("changed", &p->only_changed);
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
        if (ImGui::Button("Reset all but the view"))
            panel_ask(m, WISH_RESET_MOOD);
        panel_tooltip("Every value as the preset has it; the camera stays");
    }
    ImGui::EndChild();
}
