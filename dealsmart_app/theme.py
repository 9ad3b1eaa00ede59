"""Which style sheets and scripts every page carries; the numbers themselves stand in assets/theme.css."""

import reflex as rx

STYLESHEETS = [
    *("/theme.css", "/components.css", "/surfaces.css"),
    *("/panes.css", "/conversation.css", "/workspace.css", "/inbox_list.css"),
    *("/pages.css", "/figures.css", "/administration.css", "/account.css", "/palette.css"),
]


def head() -> list[rx.Component]:
    """Return what goes into every page's head; Reflex itself sets the colour mode before the first paint."""
    return [
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        rx.el.link(
            rel="preload",
            href="/fonts/inter-latin-opsz-normal.woff2",
            custom_attrs={"as": "font", "crossOrigin": "anonymous"},
            type="font/woff2",
        ),
        rx.el.meta(name="color-scheme", content="light dark"),
    ]


def toaster() -> rx.Component:
    """Return the place where toasts appear; how they look stands in assets/pages.css."""
    return rx.toast.provider(position="bottom-center", visible_toasts=3, close_button=True)
