#include "explore/panel/panel_internal.hpp"

#define GLFW_INCLUDE_NONE
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <GLFW/glfw3.h>
#include <imgui_internal.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <new>

/* Pixels at scale 1; by eye. */
static const float font_size = 15;
/* A window taller than this many units gets larger letters, up to the factor. */
static const float tall_window = 860, taller_at_most = 1.4f;

static void colours(ImGuiStyle &s)
{
    ImVec4 *c = s.Colors;
    const ImVec4 field(0.16f, 0.148f, 0.135f, 1), over(0.23f, 0.205f, 0.18f, 1),
        held(0.30f, 0.255f, 0.21f, 1), grab(0.55f, 0.44f, 0.30f, 1);
    c[ImGuiCol_Text] = ink::text;
    c[ImGuiCol_TextDisabled] = ink::dim;
    c[ImGuiCol_WindowBg] = ink::ground;
    c[ImGuiCol_PopupBg] = ImVec4(0.10f, 0.094f, 0.087f, 0.98f);
    c[ImGuiCol_Border] = ImVec4(0.30f, 0.27f, 0.23f, 0.6f);
    c[ImGuiCol_FrameBg] = c[ImGuiCol_Button] = c[ImGuiCol_Header] = field;
    c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_ButtonHovered] = c[ImGuiCol_HeaderHovered] = over;
    c[ImGuiCol_FrameBgActive] = c[ImGuiCol_ButtonActive] = c[ImGuiCol_HeaderActive] = held;
    c[ImGuiCol_SliderGrab] = grab;
    c[ImGuiCol_SliderGrabActive] = c[ImGuiCol_CheckMark] = ink::ember;
    c[ImGuiCol_PlotLines] = c[ImGuiCol_PlotHistogram] = grab;
    c[ImGuiCol_Tab] = c[ImGuiCol_TabUnfocused] = ImVec4(0.11f, 0.10f, 0.095f, 1);
    c[ImGuiCol_TabHovered] = over;
    c[ImGuiCol_TabActive] = c[ImGuiCol_TabUnfocusedActive] = ImVec4(0.42f, 0.33f, 0.22f, 1);
    c[ImGuiCol_TextSelectedBg] = ImVec4(0.45f, 0.33f, 0.20f, 1);
    c[ImGuiCol_ScrollbarBg] = ImVec4(0, 0, 0, 0);
    c[ImGuiCol_ScrollbarGrab] = over;
    c[ImGuiCol_ScrollbarGrabHovered] = held;
    c[ImGuiCol_ScrollbarGrabActive] = grab;
    c[ImGuiCol_Separator] = ImVec4(0.30f, 0.27f, 0.23f, 0.6f);
    c[ImGuiCol_ModalWindowDimBg] = ImVec4(0, 0, 0, 0.5f);
}

static void build_style(float scale)
{
    ImGuiStyle style;
    colours(style);
    style.WindowRounding = style.FrameRounding = style.GrabRounding = style.TabRounding =
        style.PopupRounding = style.ScrollbarRounding = 2;
    style.WindowBorderSize = 0;
    style.WindowPadding = ImVec2(12, 10);
    style.FramePadding = ImVec2(7, 3);
    style.ItemSpacing = ImVec2(7, 5);
    style.ItemInnerSpacing = ImVec2(6, 4);
    style.ScrollbarSize = 11;
    style.GrabMinSize = 9;
    style.ScaleAllSizes(scale);
    ImGui::GetStyle() = style;
}

static void build_font(float scale)
{
    ImFontAtlas *atlas = ImGui::GetIO().Fonts;
    atlas->Clear();
    const char *path = lettering_find_font();
    if (!path || !atlas->AddFontFromFileTTF(path, std::floor(font_size * scale))) {
        ImFontConfig config;
        config.SizePixels = 13 * std::fmax(1, std::floor(scale + 0.5f)); /* it is a bitmap */
        atlas->AddFontDefault(&config);
    }
}

/* The desktop's scale in the units that ImGui counts in, and a little more for a tall window. */
static float wanted_scale(const panel *p)
{
    int width, height;
    window_framebuffer(p->win, &width, &height);
    float per_unit = ImGui::GetIO().DisplayFramebufferScale.x;
    float scale = (float)window_scale(p->win) / (per_unit > 0 ? per_unit : 1);
    float tall = (float)height / (tall_window * (float)window_scale(p->win));
    tall = std::fmin(std::fmax(tall, 1), taller_at_most);
    return std::round(scale * tall * 10) / 10;
}

static void fit(panel *p)
{
    float scale = wanted_scale(p);
    if (scale == p->scale)
        return;
    p->scale = scale;
    build_style(scale);
    build_font(scale);
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

panel *panel_create(window *w, error *err)
{
    panel *p = new (std::nothrow) panel();
    if (!p) {
        error_set(err, ERROR_FAILED, "no memory for the panel");
        return nullptr;
    }
    p->win = w;
    p->width_em = panel_em;
    p->typing_row = p->held_row = p->pointed_row = p->mood_in_sight = -1;
    p->context = ImGui::CreateContext();
    ImGui::SetCurrentContext(p->context);
    ImGui::GetIO().UserData = p;
    ImGui::GetIO().IniFilename = nullptr; /* nothing is to be remembered */
    ImGui::GetIO().ConfigWindowsMoveFromTitleBarOnly = true;
    build_style(1);
    build_font(1);
    if (!ImGui_ImplGlfw_InitForOpenGL(window_handle(w), false) ||
        !ImGui_ImplOpenGL3_Init("#version 330 core")) {
        error_set(err, ERROR_FAILED, "the panel does not start on this OpenGL");
        panel_destroy(&p);
    }
    return p;
}

void panel_destroy(panel **p)
{
    if (!p || !*p)
        return;
    if (ImGui::GetIO().BackendRendererUserData)
        ImGui_ImplOpenGL3_Shutdown();
    if (ImGui::GetIO().BackendPlatformUserData)
        ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext((*p)->context);
    delete *p;
    *p = nullptr;
}

/* Whether the pointer is over the panel now; ImGui would only know in the next frame. */
static bool points_at_panel(const panel *p)
{
    if (!p->ink)
        return false;
    ImGui::GetIO().MousePos = p->pointer;
    ImGui::UpdateHoveredWindowAndCaptureFlags();
    return ImGui::GetIO().WantCaptureMouse;
}

/* Lists and pickers that are open; true when there was one. */
static bool close_lists()
{
    bool open = ImGui::GetCurrentContext()->OpenPopupStack.Size > 0;
    if (open)
        ImGui::ClosePopupToLevel(0, false);
    return open;
}

bool panel_event(panel *p, const window_event *e)
{
    ImGuiIO &io = ImGui::GetIO();
    GLFWwindow *handle = window_handle(p->win);
    p->restless = 3;
    bool captured = window_mouse_captured(p->win);
    switch (e->type) {
    case WINDOW_KEY:
        if (e->code == GLFW_KEY_ESCAPE && e->action == GLFW_PRESS && close_lists())
            return true;
        if (e->code == GLFW_KEY_TAB && !io.WantTextInput)
            return false; /* it is the next mood, not the next field */
        ImGui_ImplGlfw_KeyCallback(handle, e->code, e->scancode, e->action, e->mods);
        return io.WantTextInput;
    case WINDOW_TEXT:
        ImGui_ImplGlfw_CharCallback(handle, (unsigned)e->code);
        return io.WantTextInput;
    case WINDOW_BUTTON:
        if (e->code >= 0 && e->code < 3)
            p->down[e->code] = e->action == GLFW_PRESS && !captured;
        if (captured)
            return false;
        p->pointer = ImVec2((float)e->x, (float)e->y);
        return points_at_panel(p);
    case WINDOW_MOVE:
        if (!captured)
            p->pointer = ImVec2((float)e->x, (float)e->y);
        return false;
    case WINDOW_SCROLL:
        if (captured)
            return false;
        ImGui_ImplGlfw_ScrollCallback(handle, e->x, e->y);
        return points_at_panel(p);
    case WINDOW_ENTER:
        ImGui_ImplGlfw_CursorEnterCallback(handle, e->code);
        return false;
    case WINDOW_FOCUS:
        p->down[0] = p->down[1] = p->down[2] = false;
        ImGui_ImplGlfw_WindowFocusCallback(handle, e->code);
        return false;
    default:
        return false;
    }
}

bool panel_visible(const panel *p)
{
    return p->ink;
}

int panel_left(const panel *p)
{
    return p->left;
}

bool panel_drags(const panel *p)
{
    return p->ink && (p->down[0] || p->down[1] || p->down[2]);
}

bool panel_types(const panel *p)
{
    return p->ink && ImGui::GetIO().WantTextInput;
}

bool panel_restless(const panel *p)
{
    return p->ink && p->restless > 0;
}

static void button(const panel_model *m, const char *label, bool on, panel_wish_type type,
                   const char *tooltip)
{
    ImGui::BeginDisabled(!on);
    if (panel_button(label))
        panel_ask(m, type);
    ImGui::EndDisabled();
    panel_tooltip(tooltip);
}

static void head(const panel_model *m)
{
    char text[160];
    ImGui::PushStyleColor(ImGuiCol_Text, ink::ember);
    ImGui::TextUnformatted(m->title);
    ImGui::PopStyleColor();
    panel_tooltip(*m->about ? m->about : m->name);
    if (m->unsaved) {
        ImGui::SameLine();
        ImGui::TextDisabled("changed");
    }
    snprintf(text, sizeof text, "Undo%s%s", m->undo ? ": " : "", m->undo ? m->undo : "");
    button(m, "Undo", m->undo != nullptr, WISH_UNDO, text);
    snprintf(text, sizeof text, "Redo%s%s", m->redo ? ": " : "", m->redo ? m->redo : "");
    button(m, "Redo", m->redo != nullptr, WISH_REDO, text);
    button(m, "Still", true, WISH_STILL,
           "Draw a still of this view in the background, into the pictures folder (F12)");
    button(m, "Copy", true, WISH_COPY, "Copy the command line that renders this very view");
    if (panel_button("Help"))
        m->controls->show_help = true;
    panel_tooltip("All keys (F2)");
    panel_end_buttons();
}

static void tabs(panel *p, const panel_model *m)
{
    static const struct {
        const char *label;
        void (*draw)(panel *, const panel_model *);
    } list[] = {{"Values", panel_rows},
                {"Moods", panel_moods},
                {"View", panel_view},
                {"Frame", panel_frame}};
    if (!ImGui::BeginTabBar("tabs"))
        return;
    for (const auto &tab : list) {
        if (!ImGui::BeginTabItem(tab.label))
            continue;
        if (tab.draw == panel_moods)
            m->controls->thumbnails_wanted = true;
        else
            p->mood_in_sight = -1;
        tab.draw(p, m);
        ImGui::EndTabItem();
    }
    ImGui::EndTabBar();
}

/* The right edge: dragged, the panel gets narrower or wider. */
static void edge(panel *p)
{
    ImGuiIO &io = ImGui::GetIO();
    float grip = std::floor(ImGui::GetStyle().WindowPadding.x * 0.6f), width = panel_width();
    ImGui::SetCursorScreenPos(ImVec2(width - grip, 0));
    ImGui::PushClipRect(ImVec2(0, 0), io.DisplaySize, false); /* of the window's padding, too */
    ImGui::InvisibleButton("edge", ImVec2(grip, io.DisplaySize.y));
    bool active = ImGui::IsItemActive();
    if (active || ImGui::IsItemHovered()) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
        ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(width - 2 * p->scale, 0),
                                                  ImVec2(width, io.DisplaySize.y),
                                                  ImGui::GetColorU32(ImGuiCol_SliderGrab));
    }
    ImGui::PopClipRect();
    if (active && io.MousePos.x >= 0)
        p->width_em =
            std::fmin(std::fmax((io.MousePos.x + grip / 2) / ImGui::GetFontSize(), panel_narrowest),
                      panel_widest);
    p->widening = active;
}

/* Returns the width that it takes. */
static float draw_panel(panel *p, const panel_model *m)
{
    ImGuiIO &io = ImGui::GetIO();
    float width = panel_width();
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImVec2(width, io.DisplaySize.y));
    ImGui::Begin("Stillair", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    head(m);
    tabs(p, m);
    edge(p);
    ImGui::End();
    if (!p->widening)
        p->left = (int)std::lround(width * io.DisplayFramebufferScale.x);
    return width;
}

static bool anything(const panel_model *m)
{
    return m->controls->show_panel || m->controls->show_help || m->controls->show_times ||
           m->hint || m->question || m->still || m->readout[0] || m->message_count > 0 ||
           m->viewer->building;
}

static void begin(panel *p)
{
    ImGuiIO &io = ImGui::GetIO();
    bool captured = window_mouse_captured(p->win);
    io.ConfigFlags = captured ? io.ConfigFlags | ImGuiConfigFlags_NoMouse
                              : io.ConfigFlags & ~ImGuiConfigFlags_NoMouse;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    /* The backend asks for the mouse as it is now. A slow frame would merge a release and the next
     * press, and drag what was let go of: so events are told one by one. */
    for (int i = 0; i < 3; i++)
        io.MouseDown[i] = p->down[i] && !captured;
    if (!captured)
        io.MousePos = p->pointer;
    fit(p);
    ImGui::NewFrame();
}

static void finish(panel *p)
{
    ImGui::Render();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    p->ink = true;
    p->restless -= p->restless > 0;
    /* A caret blinks. */
    if (ImGui::GetIO().WantTextInput)
        p->restless = 1;
}

/* No field goes on taking keys when it is hidden, or hands are elsewhere. */
static void let_go(panel *p)
{
    ImGui::ClearActiveID();
    ImGui::GetIO().WantTextInput = false;
    p->typing_row = p->held_row = -1;
    p->typing_number = 0;
}

/* Builds a frame of ImGui; false when there is nothing to show. */
static bool build(panel *p, const panel_model *m)
{
    m->controls->thumbnails_wanted = m->controls->tones_wanted = false;
    if (!m->controls->show_panel || m->mouse_captured)
        let_go(p);
    if (!m->controls->show_panel)
        p->left = 0;
    if (!anything(m)) {
        p->ink = false;
        return false;
    }
    begin(p);
    float left = m->controls->show_panel ? draw_panel(p, m) : 0;
    panel_overlays(p, m, left);
    if (m->controls->show_help)
        panel_help(p, m);
    return true;
}

void panel_answer(panel *p, const panel_model *m)
{
    if (build(p, m))
        ImGui::EndFrame();
}

void panel_draw(panel *p, const panel_model *m)
{
    if (build(p, m))
        finish(p);
}

void panel_draw_loading(panel *p, const char *title, const char *what, double done)
{
    begin(p);
    ImGuiIO &io = ImGui::GetIO();
    float width = std::fmin(ImGui::GetFontSize() * 24, io.DisplaySize.x * 0.8f);
    ImGui::GetBackgroundDrawList()->AddRectFilled(ImVec2(0, 0), io.DisplaySize,
                                                  IM_COL32(15, 14, 13, 255));
    ImGui::SetNextWindowPos(ImVec2(io.DisplaySize.x / 2, io.DisplaySize.y / 2), 0,
                            ImVec2(0.5f, 0.5f));
    ImGui::SetNextWindowSize(ImVec2(width, 0));
    ImGui::Begin("loading", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings);
    ImGui::TextColored(ink::ember, "%s", title);
    ImGui::PushTextWrapPos(0);
    ImGui::TextDisabled("%s", what);
    ImGui::PopTextWrapPos();
    ImGui::ProgressBar((float)done, ImVec2(-1, 4 * p->scale), "");
    ImGui::TextDisabled("F2 lists the keys");
    ImGui::End();
    finish(p);
}
