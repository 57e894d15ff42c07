/* Drops a file onto a window as a desktop's file manager would: the XDND protocol, version 5
 * (freedesktop.org), with the one type text/uri-list.
 *
 *   drop WINDOW PATH     WINDOW: its number, decimal; PATH: absolute
 *
 * Exit code 0 when the window has taken the path. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>

struct drop {
    Display *display;
    Window from, to;
    Atom uri_list;
    char text[4096];
};

static Atom atom(const struct drop *d, const char *name)
{
    return XInternAtom(d->display, name, False);
}

static void tell(const struct drop *d, const char *what, long a, long b, long c, long e)
{
    XEvent event = {0};
    event.xclient.type = ClientMessage;
    event.xclient.window = d->to;
    event.xclient.message_type = atom(d, what);
    event.xclient.format = 32;
    event.xclient.data.l[0] = (long)d->from;
    event.xclient.data.l[1] = a;
    event.xclient.data.l[2] = b;
    event.xclient.data.l[3] = c;
    event.xclient.data.l[4] = e;
    XSendEvent(d->display, d->to, False, NoEventMask, &event);
    XFlush(d->display);
}

/* Answers the window's question for what is dropped. */
static void give(const struct drop *d, const XSelectionRequestEvent *asked)
{
    XEvent answer = {0};
    XChangeProperty(d->display, asked->requestor, asked->property, asked->target, 8,
                    PropModeReplace, (const unsigned char *)d->text, (int)strlen(d->text));
    answer.xselection.type = SelectionNotify;
    answer.xselection.requestor = asked->requestor;
    answer.xselection.selection = asked->selection;
    answer.xselection.target = asked->target;
    answer.xselection.property = asked->property;
    answer.xselection.time = asked->time;
    XSendEvent(d->display, asked->requestor, False, NoEventMask, &answer);
    XFlush(d->display);
}

/* Waits for the window's messages until `what` comes; gives what is asked for meanwhile. */
static void await(const struct drop *d, const char *what)
{
    for (;;) {
        XEvent event;
        XNextEvent(d->display, &event);
        if (event.type == SelectionRequest)
            give(d, &event.xselectionrequest);
        else if (event.type == ClientMessage && event.xclient.message_type == atom(d, what))
            return;
    }
}

int main(int count, char **args)
{
    struct drop d = {.display = count == 3 ? XOpenDisplay(NULL) : NULL};
    if (!d.display)
        return 2;
    alarm(20); /* a window that does not answer */
    d.to = (Window)strtoul(args[1], NULL, 10);
    d.from = XCreateSimpleWindow(d.display, DefaultRootWindow(d.display), 0, 0, 1, 1, 0, 0, 0);
    d.uri_list = atom(&d, "text/uri-list");
    snprintf(d.text, sizeof d.text, "file://%s\r\n", args[2]);
    XSetSelectionOwner(d.display, atom(&d, "XdndSelection"), d.from, CurrentTime);
    tell(&d, "XdndEnter", 5L << 24, (long)d.uri_list, 0, 0);
    tell(&d, "XdndPosition", 0, 0, CurrentTime, (long)atom(&d, "XdndActionCopy"));
    await(&d, "XdndStatus");
    tell(&d, "XdndDrop", 0, CurrentTime, 0, 0);
    await(&d, "XdndFinished");
    XCloseDisplay(d.display);
    return 0;
}
