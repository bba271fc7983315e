"""How the items that somebody judges look; the script that draws them knows only names."""

from components.ui.style import both

JUDGE = f"""<style>
#judge {{ display: flex; flex-direction: column; gap: .8rem; }}
#judge h1 {{ font-size: 1.5rem !important; font-weight: 600; padding: .1rem 0 .2rem; margin: 0; font-family: "Source Serif", serif; }}
.judge-head, .judge-tools {{ display: flex; justify-content: space-between; gap: .4rem; color: {both("muted")}; }}
.judge-tools {{ flex-wrap: wrap; }}
.judge-bar {{ height: .5rem; border-radius: .25rem; background: {both("grid")}; overflow: hidden; }}
.judge-bar div {{ height: 100%; background: {both("model")}; border-radius: .25rem; }}
.judge-item {{
  border: 1px solid {both("border")}; border-radius: .5rem; background: {both("card")}; height: min(24rem, 44vh); overflow: auto;
  display: flex; align-items: center; justify-content: center; padding: .6rem; box-sizing: border-box;
}}
.judge-item img {{ max-width: 100%; max-height: 100%; width: 100%; height: 100%; object-fit: contain; }}
.judge-item audio {{ width: 90%; }}
.judge-text {{
  display: block; padding: 1.1rem 1.3rem; font-size: 1.2rem; line-height: 1.5; white-space: pre-wrap;
  overflow-wrap: anywhere;
}}
.judge-row {{ display: block; padding: .6rem 1.1rem; }}
.judge-row table {{ width: 100%; border-collapse: collapse; }}
.judge-row :is(th, td) {{
  text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid {both("grid")}; overflow-wrap: anywhere; vertical-align: top;
}}
.judge-row th {{ color: {both("muted")}; font-weight: 400; width: 40%; }}
.judge-choices {{ display: flex; flex-direction: column; gap: .7rem; }}
.judge-choices.many {{ display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }}
.judge-choice {{
  min-height: 3.5rem; font: inherit; font-size: 1.2rem; font-weight: 600; color: {both("text")}; background: {both("card")};
  border: 1px solid {both("border")}; border-radius: .5rem; cursor: pointer; touch-action: manipulation; overflow-wrap: anywhere;
}}
.judge-choice:hover, .judge-choice:focus-visible {{
  border-color: {both("model")}; outline: 2px solid {both("model")}; outline-offset: -1px;
}}
.judge-choice:active {{ background: {both("grid")}; }}
.judge-choice[aria-pressed=true] {{ border: 2px solid {both("model")}; }}
.judge-choice[aria-pressed=true]::before {{ content: "✓ "; }}
.judge-tool[aria-pressed=true] {{ font-weight: 600; text-decoration: underline; }}
.judge-all {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: .5rem; }}
.judge-all button {{
  font: inherit; font-size: .9rem; color: {both("text")}; background: {both("card")}; border: 1px solid {both("border")};
  border-radius: .5rem; padding: .4rem; cursor: pointer; touch-action: manipulation; overflow-wrap: anywhere; display: flex;
  flex-direction: column; align-items: center; justify-content: space-between; gap: .3rem; min-height: 3rem;
}}
.judge-all button:hover, .judge-all button:focus-visible {{ outline: 2px solid {both("model")}; outline-offset: -1px; }}
.judge-all img {{ width: 100%; height: 4.5rem; object-fit: contain; }}
.judge-of {{ color: {both("muted")}; font-size: .9rem; }}
.judge-choice kbd {{ font: inherit; font-weight: 400; font-size: .9rem; color: {both("muted")}; margin-left: .6rem; }}
.judge-done {{ background: {both("model")}; color: light-dark(#fff, #0D1418); border-color: {both("model")}; }}
.judge-tool {{
  font: inherit; font-size: .95rem; color: {both("text")}; background: none; border: 0; padding: .5rem .15rem; cursor: pointer;
  display: inline-flex; align-items: center; gap: .4rem; touch-action: manipulation; border-radius: .4rem;
}}
.judge-tool:disabled {{ color: {both("muted")}; opacity: .5; cursor: default; }}
.judge-tool:focus-visible {{ outline: 2px solid {both("model")}; }}
.judge-icon {{
  font-family: "Material Symbols Rounded"; font-size: 1.2rem; line-height: 1; font-feature-settings: "liga"; overflow: hidden;
  width: 1.2rem;
}}
.judge-part {{ border: 1px solid {both("border")}; border-radius: .5rem; padding: .7rem .9rem; background: {both("card")}; }}
.judge-part p {{ margin: .2rem 0 .5rem; overflow-wrap: anywhere; }}
.judge-part textarea {{
  width: 100%; font: inherit; color: inherit; background: {both("page")}; border: 1px solid {both("border")}; border-radius: .4rem;
  padding: .5rem; box-sizing: border-box;
}}
.judge-told, .judge-saved {{ color: {both("muted")}; margin: 0; min-height: 1.4rem; }}
.judge-saved.waiting {{ color: {both("warned")}; }}
@media (hover: none) {{ .judge-choice kbd {{ display: none; }} }}
@media (max-width: 640px) {{ .judge-choice kbd {{ display: none; }} .judge-item {{ height: min(18rem, 36vh); }} }}
</style>"""
