/* What lies over the picture without the panel: the first hint, messages, progress, help. */
#include "explore/panel/panel_internal.hpp"

#define GLFW_INCLUDE_NONE
#include <cmath>
#include <cstdio>
#include <GLFW/glfw3.h>

static const ImGuiWindowFlags plain =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_AlwaysAutoResize;

/* Opens a box whose lower edge is at `bottom`, in the middle of what the panel leaves free. */
static void begin_box(const char *name, float left, float bottom, ImGuiWindowFlags more)
{
    ImVec2 all = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos(ImVec2((left + all.x) / 2, bottom), 0, ImVec2(0.5f, 1));
    ImGui::SetNextWindowBgAlpha(0.82f);
    ImGui::Begin(name, nullptr, plain | more);
}

/* Closes it; returns the lower edge of the next one above. */
static float end_box(float bottom)
{
    float height = ImGui::GetWindowHeight();
    ImGui::End();
    return bottom - height - ImGui::GetStyle().ItemSpacing.y;
}

static float text_width(float left)
{
    return std::fmin(ImGui::GetFontSize() * 46, (ImGui::GetIO().DisplaySize.x - left) * 0.85f);
}

static float hint(float left, float bottom)
{
    begin_box("hint", left, bottom, ImGuiWindowFlags_NoInputs);
    ImGui::PushTextWrapPos(text_width(left));
    ImGui::Text("Drag with the right button to look, or click to look freely; %s %s %s %s fly",
                window_key_label(GLFW_KEY_W), window_key_label(GLFW_KEY_A),
                window_key_label(GLFW_KEY_S), window_key_label(GLFW_KEY_D));
    ImGui::TextColored(ink::ember, "F1 panel     F2 all keys     F12 still     %s this again",
                       window_key_label(GLFW_KEY_H));
    ImGui::PopTextWrapPos();
    return end_box(bottom);
}

static float message(const panel_model *m, int i, float left, float bottom)
{
    const panel_message *message = &m->messages[i];
    char name[32];
    snprintf(name, sizeof name, "message %d", i);
    begin_box(name, left, bottom, message->bad ? 0 : ImGuiWindowFlags_NoInputs);
    ImGui::PushTextWrapPos(text_width(left));
    ImGui::PushStyleColor(ImGuiCol_Text, message->bad ? ink::bad : ink::text);
    ImGui::TextUnformatted(message->text);
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    if (message->bad && ImGui::SmallButton("Close"))
        panel_ask(m, WISH_FORGET, i);
    return end_box(bottom);
}

static float work(const panel_model *m, float left, float bottom)
{
    if (!m->still && !m->viewer->building)
        return bottom;
    begin_box("progress", left, bottom, ImGuiWindowFlags_NoInputs);
    if (m->still)
        ImGui::TextDisabled("%s", m->still);
    if (m->viewer->building) {
        ImGui::TextDisabled("a new land: %s", m->viewer->build_step);
        ImGui::ProgressBar((float)m->viewer->build_share, ImVec2(ImGui::GetFontSize() * 16, 4), "");
    }
    return end_box(bottom);
}

static void times(const panel_model *m)
{
    float em = ImGui::GetFontSize(), width = em * 21;
    ImGui::SetNextWindowPos(ImVec2(ImGui::GetIO().DisplaySize.x - em * 0.7f, em * 0.7f), 0,
                            ImVec2(1, 0));
    ImGui::SetNextWindowSize(ImVec2(width, 0));
    ImGui::SetNextWindowBgAlpha(0.82f);
    ImGui::Begin("times", nullptr,
                 (plain & ~ImGuiWindowFlags_AlwaysAutoResize) | ImGuiWindowFlags_NoInputs);
    panel_times(m);
    ImGui::End();
}

/* A question with the answers that it has, and their keys. */
static void question(const panel_model *m)
{
    ImVec2 all = ImGui::GetIO().DisplaySize;
    bool leave = m->question == PANEL_QUESTION_LEAVE;
    ImGui::SetNextWindowPos(ImVec2(all.x / 2, all.y * 0.4f), 0, ImVec2(0.5f, 0.5f));
    ImGui::SetNextWindowBgAlpha(0.94f);
    ImGui::Begin("question", nullptr, plain);
    ImGui::TextColored(ink::ember,
                       leave ? "%s is changed, and not saved."
                             : "The last window ended with changes that were not saved.",
                       m->title);
    ImGui::Spacing();
    if (ImGui::Button(!leave   ? "Take them up (Enter)"
                      : m->own ? "Save (Enter)"
                               : "Save as... (Enter)"))
        panel_ask(m, leave ? WISH_SAVE_AND_LEAVE : WISH_TAKE_UP);
    ImGui::SameLine();
    if (ImGui::Button(leave ? "Discard (Delete)" : "Throw them away (Delete)"))
        panel_ask(m, leave ? WISH_LEAVE : WISH_DROP);
    ImGui::SameLine();
    if (ImGui::Button(leave ? "Stay (Esc)" : "Later (Esc)"))
        panel_ask(m, WISH_STAY);
    ImGui::End();
}

/* A value that is being changed, at the picture's upper edge. */
static void readout(const panel_model *m, float left)
{
    const viewer_state *v = m->viewer;
    float per_unit = std::fmax(ImGui::GetIO().DisplayFramebufferScale.x, 0.1f);
    float em = ImGui::GetFontSize(), top = (float)v->y / per_unit + em;
    ImGui::SetNextWindowPos(ImVec2((left + ImGui::GetIO().DisplaySize.x) / 2, top), 0,
                            ImVec2(0.5f, 0));
    ImGui::SetNextWindowBgAlpha(0.82f);
    ImGui::Begin("readout", nullptr, plain | ImGuiWindowFlags_NoInputs);
    ImGui::TextUnformatted(m->readout);
    ImGui::End();
}

void panel_overlays(panel *p, const panel_model *m, float left)
{
    if (m->readout[0])
        readout(m, left);
    float bottom = ImGui::GetIO().DisplaySize.y - ImGui::GetFontSize();
    if (m->hint)
        bottom = hint(left, bottom);
    bottom = work(m, left, bottom);
    for (int i = m->message_count - 1; i >= 0; i--)
        bottom = message(m, i, left, bottom);
    p->free_bottom = bottom;
    if (m->controls->show_times)
        times(m);
    if (m->question)
        question(m);
}

/* ---- help ---- */

static void keys(const char *text, const char *does)
{
    ImGui::TableNextColumn();
    ImGui::TextColored(ink::ember, "%s", text);
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(does);
}

/* Up to four keys by what is printed on them here. */
static void labelled(const char *format, int a, int b, int c, int d, const char *does)
{
    char labels[4][16], text[96];
    const int list[] = {a, b, c, d};
    for (int i = 0; i < 4; i++)
        snprintf(labels[i], sizeof labels[i], "%s", list[i] ? window_key_label(list[i]) : "");
    if (d)
        snprintf(text, sizeof text, "%s %s %s %s", labels[0], labels[1], labels[2], labels[3]);
    else if (b)
        snprintf(text, sizeof text, "%s%s %s", format, labels[0], labels[1]);
    else
        snprintf(text, sizeof text, "%s%s", format, labels[0]);
    keys(text, does);
}

static void motion_keys()
{
    labelled("", GLFW_KEY_W, GLFW_KEY_A, GLFW_KEY_S, GLFW_KEY_D, "fly or walk");
    keys("right button", "look, while it is down");
    keys("click", "look freely; again, or Esc: the pointer is back");
    keys("Space, Ctrl", "up, down");
    keys("Shift", "faster");
    keys("wheel", "speed");
    labelled("", GLFW_KEY_Q, GLFW_KEY_E, 0, 0, "roll");
    labelled("", GLFW_KEY_G, 0, 0, 0, "walk or fly");
    labelled("", GLFW_KEY_LEFT_BRACKET, GLFW_KEY_RIGHT_BRACKET, 0, 0, "focal length");
    labelled("", GLFW_KEY_COMMA, GLFW_KEY_PERIOD, 0, 0, "exposure");
    keys("1 to 9", "go to a marked view");
    keys("Ctrl+1 to 9", "mark this view");
    labelled("", GLFW_KEY_K, 0, 0, 0, "this view is a path's next key");
    labelled("Shift+", GLFW_KEY_K, 0, 0, 0, "take the last key back");
    labelled("", GLFW_KEY_L, 0, 0, 0, "play the path, or stop it");
    keys("gamepad", "sticks, triggers, shoulders, A");
}

static void other_keys()
{
    keys("F1", "panel: every value, moods, saving");
    keys("F2", "this help");
    keys("F3", "times of the frame");
    labelled("", GLFW_KEY_H, 0, 0, 0, "the first hint again");
    keys("F5", "read preset and shaders again");
    keys("F11, Alt+Enter", "full screen");
    keys("F12, PrtSc", "a still, in the background");
    keys("Tab", "next mood");
    labelled("", GLFW_KEY_P, 0, 0, 0, "let the air drift, or stand still");
    labelled("", GLFW_KEY_T, 0, 0, 0, "let the day run");
    keys("Ctrl+Z", "undo");
    keys("Ctrl+Shift+Z", "redo");
    keys("Ctrl+S", "save the preset");
    keys("Esc", "leave a field, the mouse, the panel, then the window");
    keys("drop a file", "take the mood of a picture or an .ini");
}

void panel_help(panel *p, const panel_model *m)
{
    (void)p;
    ImVec2 all = ImGui::GetIO().DisplaySize;
    float em = ImGui::GetFontSize();
    ImGui::SetNextWindowPos(ImVec2(all.x / 2, all.y / 2), 0, ImVec2(0.5f, 0.5f));
    ImGui::SetNextWindowSize(ImVec2(std::fmin(em * 54, all.x * 0.96f), 0));
    ImGui::SetNextWindowFocus();
    ImGui::Begin("help", nullptr, plain & ~ImGuiWindowFlags_AlwaysAutoResize);
    ImGui::TextColored(ink::ember, "Keys");
    ImGui::SameLine();
    ImGui::TextDisabled("as they are on this keyboard");
    ImGui::Separator();
    ImGui::Columns(2, "halves", false);
    if (ImGui::BeginTable("left", 2, ImGuiTableFlags_SizingFixedFit)) {
        motion_keys();
        ImGui::EndTable();
    }
    ImGui::NextColumn();
    if (ImGui::BeginTable("right", 2, ImGuiTableFlags_SizingFixedFit)) {
        other_keys();
        ImGui::EndTable();
    }
    ImGui::Columns(1);
    ImGui::Separator();
    if (ImGui::Button("Close"))
        m->controls->show_help = false;
    ImGui::SameLine();
    ImGui::TextDisabled("or F2, or Esc");
    ImGui::End();
}
