/* The panel's tabs of the view and of the frame's time. */
#include "explore/panel/panel_internal.hpp"

#include <cfloat>
#include <cmath>
#include <cstdio>

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

static void times(panel *p, const panel_model *m)
{
    panel_heading("Time");
    bool runs = !m->controls->paused;
    if (panel_check("the air drifts", &runs))
        m->controls->paused = !runs;
    panel_tooltip("Wind carries the billows (P). While all stands still, the picture gets better");
    ImGui::SameLine(ImGui::GetContentRegionAvail().x / 2);
    panel_check("the day runs", &m->controls->day_runs);
    panel_tooltip("The sun goes round the sky from where it stands (T)");
    static const panel_number latitude = {"latitude", "%.0f\xc2\xb0", -89, 89, false, 1};
    static const panel_number rate = {"the day runs at", "%.3g h/min", 1 / 60.0f, 24, true, 1};
    ImGui::SetNextItemWidth(-FLT_MIN);
    panel_number_bar(p, &latitude, &m->controls->latitude_deg, nullptr);
    panel_tooltip("It decides the sun's way; north is positive");
    ImGui::SetNextItemWidth(-FLT_MIN);
    panel_number_bar(p, &rate, &m->controls->hours_per_minute, nullptr);
    panel_tooltip("Hours of the sun in a minute");
    ImGui::TextDisabled("%02d:%02d by the sun", (int)m->day_hours,
                        (int)(std::fmod(m->day_hours, 1) * 60));
}

/* A size of stills; height 0: of the mood's shape. */
struct still_size {
    int width, height;
    const char *called;
};

static void size_text(const still_size *size, double aspect, char *out, size_t length)
{
    int height = size->height ? size->height : picture_shape_height(size->width, aspect);
    snprintf(out, length, "%d x %d%s", size->width, height, size->called);
}

static void still_sizes(const panel_model *m)
{
    static const still_size sizes[] = {{1280, 0, ""},
                                       {1920, 0, ""},
                                       {2560, 0, ""},
                                       {3840, 0, "  4K wide"},
                                       {7680, 0, "  8K wide"},
                                       {1920, 1080, "  16:9"},
                                       {2560, 1440, "  16:9"},
                                       {3840, 2160, "  16:9, 4K"},
                                       {7680, 4320, "  16:9, 8K"}};
    panel_controls *c = m->controls;
    double aspect = c->params->grade_aspect;
    char label[64];
    const still_size now = {c->still_width, c->still_height, ""};
    size_text(&now, aspect, label, sizeof label);
    if (!ImGui::BeginCombo("##size", label))
        return;
    for (const auto &size : sizes) {
        bool chosen = size.width == c->still_width && size.height == c->still_height;
        size_text(&size, aspect, label, sizeof label);
        if (!ImGui::Selectable(label, chosen))
            continue;
        c->still_width = size.width;
        c->still_height = size.height;
    }
    ImGui::EndCombo();
}

static void still_rows(const panel_model *m)
{
    static const char *const formats[PANEL_FORMATS] = {"PNG", "PNG, 16 bits", "JPEG",
                                                       "OpenEXR, light"};
    panel_heading("Stills (F12)");
    float half = (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x) / 2;
    ImGui::SetNextItemWidth(-FLT_MIN);
    still_sizes(m);
    panel_tooltip("Size of the picture: in the mood's shape, or filling a 16:9 screen");
    ImGui::SetNextItemWidth(half);
    ImGui::Combo("##format", &m->controls->still_format, formats, PANEL_FORMATS);
    panel_tooltip("PNG and JPEG hold the picture, OpenEXR the measured light");
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

/* What moves is sharp or smooth: which, is a matter of taste and of the machine. */
static void pace(panel *p, const panel_model *m)
{
    static const struct {
        const char *label;
        float fps;
    } steps[] = {{"sharper", 15}, {"30 a second", 30}, {"smoother", 60}};
    static const panel_number fps = {"frames a second", "%.0f", 5, 120, true, 1};
    panel_heading("While it moves");
    for (const auto &step : steps) {
        bool chosen = std::fabs(m->controls->fps - step.fps) < 0.5f;
        ImGui::PushStyleColor(ImGuiCol_Text, chosen ? ink::ember : ink::text);
        if (panel_button(step.label))
            m->controls->fps = step.fps;
        ImGui::PopStyleColor();
    }
    panel_end_buttons();
    ImGui::SetNextItemWidth(-FLT_MIN);
    panel_number_bar(p, &fps, &m->controls->fps, nullptr);
    panel_tooltip("Fewer frames are sharper ones: what each may take decides the size that it is "
                  "drawn at. At rest it is always the still.");
}

void panel_view(panel *p, const panel_model *m)
{
    ImGui::BeginChild("view", ImVec2(0, 0));
    motion(m);
    pace(p, m);
    views(m);
    path_rows(m);
    times(p, m);
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
    panel_check("over the picture, without the panel", &m->controls->show_times);
    panel_tooltip("The same in a corner (F3)");
    ImGui::EndChild();
}
