/* Times of frames and passes. */
#include "explore/panel/panel_internal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

/* ---- the frame ---- */

static void graph(const panel_model *m)
{
    float ring[PANEL_FRAMES], sorted[PANEL_FRAMES];
    int n = 0;
    for (int i = 0; i < PANEL_FRAMES; i++)
        ring[i] = m->frame_ms[(m->frame_next + i) % PANEL_FRAMES];
    for (float ms : ring)
        if (ms > 0)
            sorted[n++] = ms;
    if (n == 0)
        return;
    std::sort(sorted, sorted + n);
    float median = sorted[n / 2], high = std::fmax(sorted[n * 95 / 100] * 1.3f, 20);
    char text[96];
    snprintf(text, sizeof text, "median %.1f ms, 95%% below %.1f ms", median, sorted[n * 95 / 100]);
    ImGui::PlotLines("##graph", ring, PANEL_FRAMES, 0, nullptr, 0, high,
                     ImVec2(ImGui::GetContentRegionAvail().x, ImGui::GetFontSize() * 4));
    ImGui::TextUnformatted(text);
}

static void pass_rows(const viewer_state *s)
{
    if (s->pass_count == 0 || !ImGui::BeginTable("passes", 2, ImGuiTableFlags_SizingStretchProp))
        return;
    double sum = 0;
    for (int i = 0; i < s->pass_count; i++) {
        sum += s->passes[i].ms;
        ImGui::TableNextColumn();
        ImGui::TextDisabled("%s", s->passes[i].name);
        ImGui::TableNextColumn();
        ImGui::Text("%.2f ms", s->passes[i].ms);
    }
    ImGui::TableNextColumn();
    ImGui::TextUnformatted("all passes");
    ImGui::TableNextColumn();
    ImGui::Text("%.2f ms", sum);
    ImGui::EndTable();
}

void panel_times(const panel_model *m)
{
    const viewer_state *s = m->viewer;
    panel_heading("Time from frame to frame");
    graph(m);
    ImGui::Text("%d x %d, drawn at %d x %d", s->width, s->height, s->internal_width,
                s->internal_height);
    if (s->triangles > 0)
        ImGui::Text("%lld triangles", s->triangles);
    if (s->resting)
        ImGui::TextWrapped("at rest, %.1f of %d samples; times are of what moved last",
                           s->rest_samples, s->rest_total);
    else
        ImGui::TextDisabled("moving");
    panel_heading("Time of each pass on the GPU");
    pass_rows(s);
}
