/* The histogram over the grade's rows: how many pixels of the picture have each 8-bit code. */
#include "explore/panel/panel_internal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

/* In heights of the font; by eye. */
static const float graph_height = 6.2f, headroom = 1.35f, gap = 0.8f, small = 0.87f;
/* Where a channel rises higher than luma, luma is drawn lower, by up to the factor `lowered`, until
 * the channel's peak is `taller` times as high as luma's may be. Higher ones leave the graph. */
static const float taller = 1.22f, lowered = 1.5f;
static const double share_of_mark[3] = {0.01, 0.5, 0.99};
static const ImU32 paper = IM_COL32(26, 24, 22, 255), base = IM_COL32(222, 212, 194, 40),
                   fill = IM_COL32(222, 212, 194, 62), outline = IM_COL32(222, 212, 194, 200),
                   red = IM_COL32(214, 92, 76, 215), green = IM_COL32(112, 176, 98, 215),
                   blue = IM_COL32(98, 142, 224, 215);

struct curve {
    float at[TONES_CODES]; /* share of pixels of the code */
};

/* Smooths over five codes: a count from some thousand pixels is rough. */
static curve smooth(const uint32_t *codes, uint64_t count)
{
    static const float weight[] = {1, 2, 3, 2, 1};
    curve c;
    for (int i = 0; i < TONES_CODES; i++) {
        float sum = 0, weights = 0;
        for (int k = std::max(i - 2, 0); k <= std::min(i + 2, TONES_CODES - 1); k++) {
            sum += weight[k - i + 2] * (float)codes[k];
            weights += weight[k - i + 2];
        }
        c.at[i] = sum / weights / (float)count;
    }
    return c;
}

/* Returns the highest share but for both ends: what is clipped must not make all else flat. */
static float highest(const curve &c)
{
    return *std::max_element(c.at + 4, c.at + TONES_CODES - 4);
}

/* Where the curves lie: code 0 at left, code 255 at right, share 0 at bottom. The share `full`
 * reaches the top; a channel may rise above it. */
struct frame_of {
    float left, right, top, bottom, full;
    float x(float code) const
    {
        return left + (right - left) * code / (TONES_CODES - 1);
    }
    float y(float share) const
    {
        return bottom - (bottom - top) * share / full;
    }
};

/* Draws a curve from the darkest code that there is to the brightest. */
static void line(const frame_of &f, const curve &c, ImU32 colour, float thickness)
{
    ImVec2 points[TONES_CODES];
    int first = 0, last = TONES_CODES - 1, n = 0;
    while (first < last && c.at[first] <= 0)
        first++;
    while (last > first && c.at[last] <= 0)
        last--;
    for (int i = std::max(first - 1, 0); i <= std::min(last + 1, TONES_CODES - 1); i++)
        points[n++] = ImVec2(f.x((float)i), f.y(c.at[i]));
    ImGui::GetWindowDrawList()->AddPolyline(points, n, colour, 0, thickness);
}

static void area(const frame_of &f, const curve &c)
{
    ImDrawList *d = ImGui::GetWindowDrawList();
    ImDrawListFlags flags = d->Flags;
    d->Flags &= ~ImDrawListFlags_AntiAliasedFill; /* its soft edges would show as stripes */
    for (int i = 0; i + 1 < TONES_CODES; i++) {
        float x = f.x((float)i), next = f.x((float)(i + 1));
        d->AddQuadFilled(ImVec2(x, f.bottom), ImVec2(x, f.y(c.at[i])),
                         ImVec2(next, f.y(c.at[i + 1])), ImVec2(next, f.bottom), fill);
    }
    d->Flags = flags;
}

static void curves(const tones &t, frame_of f, float pixel)
{
    curve luma = smooth(t.luma, t.count), r = smooth(t.red, t.count), g = smooth(t.green, t.count),
          b = smooth(t.blue, t.count);
    float channels = std::max({highest(r), highest(g), highest(b)});
    f.full = std::max({highest(luma), std::min(channels / taller, lowered * highest(luma)), 1e-6f});
    ImGui::GetWindowDrawList()->AddLine(ImVec2(f.left, f.bottom - pixel),
                                        ImVec2(f.right, f.bottom - pixel), base, pixel);
    area(f, luma);
    line(f, r, red, pixel);
    line(f, g, green, pixel);
    line(f, b, blue, pixel);
    line(f, luma, outline, 1.4f * pixel);
}

/* Places three texts of these widths: the middle one under its mark, the others under theirs or
 * beside it, and none beyond the ends. */
static void spread(float at[3], const float width[3], float left, float right, float apart)
{
    for (int i = 0; i < 3; i++)
        at[i] -= width[i] / 2;
    at[1] = std::min(at[1], right - width[2] - apart - width[1]);
    at[1] = std::max(at[1], left + width[0] + apart);
    at[0] = std::max(std::min(at[0], at[1] - apart - width[0]), left);
    at[2] = std::min(std::max(at[2], at[1] + width[1] + apart), right - width[2]);
}

/* Draws lines at the percentiles, and writes their codes below. */
static void marks(const tones &t, const frame_of &f, float pixel)
{
    static const char *const names[] = {"p1", "median", "p99"};
    ImDrawList *d = ImGui::GetWindowDrawList();
    char text[3][24];
    float at[3], width[3], em = ImGui::GetFontSize();
    for (int i = 0; i < 3; i++) {
        int code = tones_percentile(&t, share_of_mark[i]);
        snprintf(text[i], sizeof text[i], "%s %d", names[i], code);
        width[i] = ImGui::CalcTextSize(text[i]).x;
        at[i] = f.x((float)code);
        ImU32 colour = ImGui::ColorConvertFloat4ToU32(i == 1 ? ink::ember : ink::dim);
        float x = std::floor(at[i]);
        d->AddLine(ImVec2(x, f.top), ImVec2(x, f.bottom + 4 * pixel), colour, pixel);
    }
    spread(at, width, f.left, f.right, em * gap);
    for (int i = 0; i < 3; i++)
        d->AddText(ImVec2(std::floor(at[i]), f.bottom + 5 * pixel),
                   ImGui::ColorConvertFloat4ToU32(i == 1 ? ink::ember : ink::text), text[i]);
}

/* Writes how many pixels are clipped at a code, 0 or 255, into the corner above that end. */
static void clipped(const tones &t, int code, const frame_of &f, float top)
{
    double percent = tones_share_at(&t, code) * 100;
    if (percent <= 0)
        return;
    char text[32];
    snprintf(text, sizeof text, percent < 0.1 ? "clipped < 0.1%%" : "clipped %.1f%%", percent);
    float size = std::floor(ImGui::GetFontSize() * small), margin = std::floor(size * 0.25f);
    float width = ImGui::GetFont()->CalcTextSizeA(size, 1e6f, 0, text).x;
    float x = std::floor(code > 0 ? f.right - width : f.left);
    ImDrawList *d = ImGui::GetWindowDrawList();
    d->AddRectFilled(ImVec2(x - margin, top), ImVec2(x + width + margin, top + size + 2 * margin),
                     paper);
    d->AddText(ImGui::GetFont(), size, ImVec2(x, top + margin),
               ImGui::ColorConvertFloat4ToU32(ink::bad), text);
}

static void explain(const tones &t, const frame_of &f)
{
    if (!ImGui::IsItemHovered() || t.count == 0)
        return;
    float share = (ImGui::GetIO().MousePos.x - f.left) / (f.right - f.left);
    int code = (int)std::lround(std::min(std::max(share, 0.0f), 1.0f) * (TONES_CODES - 1));
    uint64_t darker = 0;
    for (int i = 0; i < code; i++)
        darker += t.luma[i];
    panel_begin_tooltip();
    ImGui::TextUnformatted("How many pixels of the picture have each code, 0 to 255: luma, and "
                           "red, green and blue. Clipped: at 0 or at 255 in one of the three.");
    ImGui::TextDisabled("here: code %d; %.1f%% of the pixels are darker", code,
                        100.0 * (double)darker / (double)t.count);
    panel_end_tooltip();
}

void panel_histogram(const panel_model *m)
{
    float em = ImGui::GetFontSize(), pixel = std::max(1.0f, std::floor(em / 15 + 0.25f));
    float inset = std::floor(em * 0.45f);
    ImVec2 size(ImGui::GetContentRegionAvail().x, std::floor(em * graph_height));
    ImVec2 at = ImGui::GetCursorScreenPos(), corner(at.x + size.x, at.y + size.y);
    ImGui::InvisibleButton("histogram", ImVec2(size.x, size.y + em + 7 * pixel));
    if (!ImGui::IsItemVisible())
        return;
    m->controls->tones_wanted = true;
    frame_of f = {at.x + inset, corner.x - inset, at.y + em * headroom, corner.y, 1};
    ImGui::GetWindowDrawList()->AddRectFilled(at, corner, paper, ImGui::GetStyle().FrameRounding);
    if (m->tones.count == 0)
        return;
    ImGui::PushClipRect(at, corner, true);
    curves(m->tones, f, pixel);
    ImGui::PopClipRect();
    marks(m->tones, f, pixel);
    clipped(m->tones, 0, f, at.y);
    clipped(m->tones, 255, f, at.y);
    explain(m->tones, f);
}
