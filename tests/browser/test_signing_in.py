"""Signing in at a provider, in a browser: who one is, what one sees, and that a session ends in every tab."""

from playwright.sync_api import expect

from components.project.target import Target
from tests.browsing import tab, visit, wait_drawn
from tests.provider import CLIENT, SECRET, provider
from tests.serving import bare_home, serve

NOT_YOURS = "This project isn't here."


def sign_in(page):
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".st-key-bar-me")).to_be_visible()


def test_who_signs_in_sees_their_projects_until_they_sign_out_in_any_tab(tmp_path, opened_browser):
    with provider() as accounts:
        how = {
            "GROUNDWORK_OIDC_METADATA_URL": f"{accounts.url}/.well-known/openid-configuration",
            "GROUNDWORK_OIDC_CLIENT_ID": CLIENT,
            "GROUNDWORK_OIDC_CLIENT_SECRET": SECRET,
        }
        with serve(bare_home(tmp_path / "home"), **how) as served, tab(opened_browser) as ana, tab(opened_browser) as ben:
            store = served.store()
            visit(ana, served.url)
            expect(ana.get_by_text("Sign in to see your team's projects.")).to_be_visible()
            sign_in(ana)
            ana.get_by_label("Name of a new project").first.fill("Reading forms")
            ana.get_by_role("button", name="New project").first.click()
            expect(ana.get_by_role("heading", level=1)).to_be_visible()
            ana.wait_for_url("**/overview?project=*")
            expect(ana.locator(".st-key-bar-me")).to_contain_text("Ana Lima")
            project = store.projects()[0]
            owner = store.members(project.id)[0]
            assert (owner.name, owner.role, project.everyone) == ("Ana Lima", "owner", "")
            store.save(project.id, Target(value=0.98), person=owner.person_id, id="target")

            accounts.account = {"sub": "ben", "name": "Ben Okafor"}
            visit(ben, served.url)
            sign_in(ben)
            visit(ben, f"{served.url}/overview?project={project.id}")
            expect(ben.get_by_text(NOT_YOURS)).to_be_visible()
            link = store.invite(project.id, "viewer", by=owner.person_id)
            visit(ben, f"{served.url}/overview?invite={link.token}")
            expect(ben.get_by_text("view only").first).to_be_visible()

            second = ana.context.new_page()
            visit(second, f"{served.url}/overview?project={project.id}")
            kept = ana.context.cookies()
            second.locator(".st-key-bar-me button").first.click()
            second.get_by_role("button", name="Sign out").click()
            expect(second.get_by_role("button", name="Sign in")).to_be_visible()
            expect(ana.get_by_role("button", name="Sign in")).to_be_visible()
            ana.context.add_cookies(kept)
            ana.reload()
            wait_drawn(ana)
            expect(ana.get_by_role("button", name="Sign in")).to_be_visible()
            store.close()
