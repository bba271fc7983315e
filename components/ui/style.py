"""The style sheet that goes beyond Streamlit's theme. Streamlit sets `color-scheme`, so `light-dark()` follows the theme."""

from components.theme import DARK, LIGHT


def both(name: str) -> str:
    """Return a colour of the palette that follows the theme."""
    return f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})"


def _rules() -> str:
    lanes = "\n".join(
        f".st-key-lane{n + 1}, .st-key-strip{n + 1} {{ border-top: 6px solid light-dark({LIGHT.phases[n]}, {DARK.phases[n]}) !important; }}"
        for n in range(4)
    )
    return f"""
.stMainBlockContainer {{ max-width: 84rem; padding-left: 3.5rem; padding-right: 3.5rem; font-variant-numeric: tabular-nums; }}
.stMainBlockContainer h1 {{ padding: .15rem 0 1.3rem; text-wrap: balance; letter-spacing: -.01em; line-height: 1.18; }}
.stMainBlockContainer h2, .stMainBlockContainer h3, .stMainBlockContainer h4 {{ padding: .15rem 0 1rem; }}
.st-key-answer {{ gap: .1rem; }}
[data-testid=stMarkdownContainer]:has(> [data-testid=stHeadingWithActionElements] + p) h2 {{ padding-bottom: 0; }}
[data-testid=stHeaderActionElements] {{ display: none; }}
:is(a, summary, [tabindex="0"], [data-testid=stBaseButton-elementToolbar]):focus-visible {{
  outline: 3px solid color-mix(in srgb, {both("model")} 55%, transparent) !important; outline-offset: 1px; border-radius: .35rem;
}}
[data-testid=stElementToolbar]:has(:focus-visible) {{ opacity: 1 !important; }}
[class*="st-key-lane"] {{ gap: .6rem; }}
[class*="st-key-lane"] h2 {{ font-size: 1.06rem; }}
[class*="st-key-lane"] [data-testid=stPageLink] a {{ padding: 0; min-height: 0; }}
[class*="st-key-lane"] [data-testid=stPageLink] a * {{ font-size: 1rem; line-height: 1.35; white-space: normal; overflow: visible; }}
[class*="st-key-group_head"] h2 {{ font-size: 1.5rem; }}
[class*="st-key-card"], [class*="st-key-lane"] {{ background: {both("card")}; }}
[class*="st-key-card"] [data-testid=stForm], [class*="st-key-lane"] [data-testid=stForm] {{ border: 0; padding: 0; }}
{lanes}
[class*="st-key-column_"] {{ border-top: 6px solid light-dark({LIGHT.phases[0]}, {DARK.phases[0]}); padding-top: .8rem; gap: .6rem; }}
[class*="st-key-column_"] h2 {{ padding: 0 0 .5rem !important; text-wrap: pretty; overflow-wrap: anywhere; }}
[class*="st-key-column_"] [class*="st-key-card"] {{ gap: .35rem; padding-bottom: .55rem; }}
[class*="st-key-tools_"] {{ row-gap: 0; }}
[class*="st-key-tools_"] button {{ min-height: 1.7rem; padding: 0 .15rem; color: {both("muted")}; }}
[class*="st-key-tools_"] button p, [class*="st-key-tools_"] [data-testid=stIconMaterial] {{ font-size: .88rem; }}
[class*="st-key-tools_"] [data-testid=stPopoverButton] > div > [aria-hidden=true] {{ display: none; }}
[class*="st-key-column_"] [data-testid=stMarkdown] {{ overflow-wrap: anywhere; }}
[class*="st-key-strip"] {{ border-radius: 0; padding-top: .8rem; gap: .1rem; }}
:is([data-testid^=stBaseButton-primary], [data-testid=stPopoverButton][kind=primary], [data-testid=stMultiSelect] [data-tag]) {{
  color: light-dark(#fff, #0D1418) !important;
}}
[data-testid=stImage] {{ column-gap: .5rem; }}
[data-testid=stMetricDelta] {{ background: none !important; padding: 0 !important; color: {both("muted")} !important; font-size: 1rem; }}
[data-testid=stMetricDelta] * {{ white-space: normal !important; overflow: visible !important; text-overflow: clip !important; }}
[data-testid=stMetricLabel] p {{ font-size: .94rem; white-space: normal; text-wrap: pretty; }}
.st-key-bar {{ border-bottom: 1px solid {both("border")}; padding-bottom: .55rem; margin-bottom: .9rem; row-gap: .2rem; }}
.st-key-bar [data-testid=stPageLink] a {{ padding: .3rem .55rem; }}
.st-key-bar [data-testid=stPageLink] p {{ font-size: .9rem; white-space: nowrap; }}
.st-key-bar [data-testid=stMarkdown] p {{ white-space: nowrap; }}
.st-key-bar [data-testid=stPopoverButton] {{ padding-left: 0; }}
.st-key-meeting {{ padding: .35rem .8rem; margin: -.3rem 0 .6rem; border-radius: .5rem; background: {both("card")}; row-gap: .2rem; }}
.stMain:has(.st-key-present_out) .st-key-meeting {{ padding-right: 7rem; }}
time.countdown {{ font-variant-numeric: tabular-nums; font-weight: 600; }}
time.countdown.over {{ color: {both("warned")}; }}
[class*="st-key-live_"], [data-testid=stLayoutWrapper]:has(> [class*="st-key-live_"]) {{ display: none; }}
[class*="st-key-start-open"] button p {{
  color: {both("model")}; font-weight: 600; font-size: 1rem; overflow-wrap: anywhere; text-align: left;
}}
[data-testid=stFileUploaderDropzoneInstructions], [data-testid=stFileUploaderDropzoneInstructions] * {{ white-space: normal !important; }}
[class*="st-key-choices_"] [role=radiogroup] {{ width: 100%; gap: .45rem; }}
[class*="st-key-choices_"] [role=radiogroup] > * {{
  min-height: 2.9rem; flex: 1 1 auto; margin: 0; clip-path: none; border: 1px solid {both("border")}; border-radius: .5rem;
  justify-content: center;
}}
[class*="st-key-choices_"] [role=radiogroup] > [aria-checked=true] {{ border-color: {both("model")}; }}
[class*="st-key-choices_tall"] [role=radiogroup] {{ flex-direction: column; }}
[class*="st-key-choices_tall"] [role=radiogroup] > * {{ min-height: 3.5rem; width: 100%; }}
[class*="st-key-choices_tall"] p {{ font-size: 1.2rem; }}
[class*="st-key-choices_tall"] label p {{ font-size: 1rem; }}
[class*="st-key-range_"] {{ flex-wrap: nowrap; }}
[class*="st-key-range_"] > * {{ min-width: 0 !important; flex: 1 1 0 !important; }}
.st-key-preview :is(h1, h2, h3) {{ font-family: "Source Serif", serif; font-weight: 600; line-height: 1.2; padding: 0; }}
.st-key-preview h1 {{ font-size: 1.7rem !important; margin: 0 0 .6rem; }}
.st-key-preview h2 {{ font-size: 1.35rem; margin: 0 0 .5rem; }}
.st-key-preview h3 {{ font-size: 1.1rem; margin: 1.4rem 0 .3rem; }}
.st-key-preview p {{ margin: .2rem 0 .5rem; }}
.st-key-preview :is(.question, .method, .note, .made) {{ color: {both("muted")}; font-size: .9rem; }}
.st-key-preview .answer {{ font-weight: 600; }}
.st-key-preview .simulated {{
  background: {both("grid")}; border-radius: .3rem; font-size: .8rem; padding: .1rem .45rem; white-space: nowrap;
}}
.st-key-preview section {{ border-top: 6px solid {both("border")}; margin-top: 1.6rem; padding-top: .8rem; }}
.st-key-preview .wide {{ overflow-x: auto; }}
.st-key-preview table {{ border-collapse: collapse; font-size: .85rem; margin: .6rem 0; width: 100%; }}
.st-key-preview :is(th, td) {{
  border-bottom: 1px solid {both("border")}; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top;
}}
.st-key-preview th {{ color: {both("muted")}; font-weight: 400; }}
.st-key-choices button {{ min-height: 3.5rem; font-size: 1.2rem; }}
.items {{ display: flex; flex-wrap: wrap; gap: .8rem; }}
.items figure {{ margin: 0; width: 7rem; }}
.items figure.wide {{ width: 17rem; max-width: 100%; }}
.items img {{
  width: 100%; height: 7rem; object-fit: contain; background: #FFF; border: 1px solid {both("border")}; border-radius: .4rem;
  box-sizing: border-box;
}}
.items.large figure {{ width: 9rem; }}
.items.large img {{ height: 9rem; }}
.items audio {{ width: 100%; }}
.items blockquote, .items table {{
  margin: 0; border: 1px solid {both("border")}; border-radius: .4rem; padding: .5rem .7rem; font-size: .9rem; width: 100%;
  max-height: 9rem; overflow: auto; box-sizing: border-box; overflow-wrap: anywhere; display: block; white-space: pre-wrap;
}}
.items :is(th, td) {{ text-align: left; font-weight: 400; padding: .1rem .6rem .1rem 0; vertical-align: top; white-space: normal; }}
.items th {{ color: {both("muted")}; }}
.items figcaption {{ color: {both("muted")}; font-size: .85rem; line-height: 1.3; margin-top: .2rem; overflow-wrap: anywhere; }}
ins {{ text-decoration: none; background: color-mix(in srgb, {both("passed")} 20%, transparent); border-radius: .2rem; padding: 0 .15rem; }}
del {{ color: {both("muted")}; }}
[class*="st-key-wall"] img {{ image-rendering: pixelated; border-radius: .3rem; }}
.stMainBlockContainer a {{ overflow-wrap: anywhere; }}
.definitions, .definitions > div {{ margin: 0 !important; padding-left: 0 !important; }}
.definitions a {{ color: {both("model")}; text-decoration: none; }}
.definitions a:hover {{ text-decoration: underline; }}
.definitions > div {{
  display: grid; grid-template-columns: 15rem 1fr; gap: 0 2.5rem; padding: .9rem 0; border-top: 1px solid {both("grid")};
}}
.definitions dt {{ font-weight: 600; overflow-wrap: anywhere; }}
.definitions .code {{ color: {both("muted")}; font-weight: 400; font-size: .9rem; white-space: nowrap; }}
.definitions dd {{ margin: 0; max-width: 48rem; }}
.definitions p {{ margin: 0 0 .25rem; }}
.definitions :is(.computed, .source) {{ color: {both("muted")}; font-size: .9rem; }}
.st-key-help_search [data-testid=stTextInput] {{ min-width: 17rem; flex: 1 1 17rem; }}
@media (max-width: 1600px) {{ .st-key-standing {{ display: none; }} }}
@media (min-width: 641px) and (max-width: 900px) {{
  [data-testid=stHorizontalBlock]:has(> [data-testid=stColumn]) {{ flex-wrap: wrap; }}
  [data-testid=stColumn] {{ min-width: calc(50% - 1rem); }}
}}
@media (max-width: 640px) {{
  .stMainBlockContainer {{ padding-left: 1.1rem; padding-right: 1.1rem; }}
  .stMainBlockContainer h1 {{ font-size: 1.6rem !important; }}
  .st-key-siblings, .st-key-bar-present {{ display: none; }}
  .definitions > div {{ grid-template-columns: 1fr; }}
}}
@media (prefers-reduced-motion: reduce) {{ * {{ animation-duration: .01ms !important; transition-duration: .01ms !important; }} }}
:is([data-testid=stForm], [data-testid=stFileUploader], [data-testid=stBaseButton-primary])[inert] {{ opacity: .45; }}
[inert] [inert] {{ opacity: 1; }}
@media print {{ header, .st-key-bar {{ display: none; }} }}
"""


SHEET = f"<style>{_rules()}</style>"
BARE = """<style>
[data-testid=stHeader], [data-testid=stSidebar] { display: none; }
.stMainBlockContainer { max-width: 36rem; padding-top: 1.1rem !important; }
.stMainBlockContainer h1 { font-size: 1.5rem !important; padding-bottom: .3rem; }
.st-key-answer h1 { padding-bottom: 1.1rem; }
[data-testid=stElementContainer]:has([data-testid=stPageLink]), [data-testid=stPageLink] { width: 100% !important; }
[data-testid=stPageLink-NavLink] {
  min-height: 3rem; justify-content: center; border: 1px solid light-dark(#C9C2B4, #35414A); border-radius: .5rem;
}
@media (hover: none) { [data-testid=InputInstructions] { display: none; } }
</style>"""
"""For a screen that stands alone on a phone: no navigation, no bar."""
PRESENTER = """<style>
:root { font-size: 23px !important; }
[data-testid=stHeader], [data-testid=stSidebar] { display: none; }
.stMainBlockContainer { max-width: none; padding: 1.6rem 3.5rem 2rem !important; }
.st-key-present_out { position: fixed; top: .8rem; right: 1rem; z-index: 10; width: auto; opacity: .55; }
.st-key-present_out:hover, .st-key-present_out:focus-within { opacity: 1; }
.st-key-present_story { position: fixed; bottom: .6rem; right: 1rem; z-index: 10; width: auto; opacity: .55; padding: .1rem .6rem;
  border-radius: .5rem; background: light-dark(#FAF8F4, #12181D); }
.st-key-present_story:hover, .st-key-present_story:focus-within { opacity: 1; }
.stMainBlockContainer { padding-bottom: 5rem !important; }
</style>"""
"""For a projector: large type, the full width, a way out in one corner and the way on in another."""
