//! The budget of a draft: from lines to costs and grants, out to a spreadsheet and back, and each partner's own lines.

use axum::http::StatusCode;
use corridor::{
    accounts::Role,
    consortia::{
        self, Content, Difference, DraftId, Member,
        budget::{Category, amount_field, months_field, partner_field},
        differences,
    },
    directory::OrganisationId,
};
use rstest::rstest;

use crate::{
    databases::Engine,
    participation_story::{accepted, acting, instance, two_clusters},
    visitors::Visitor,
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

fn draft_of(organisations: &[OrganisationId]) -> Content {
    let mut content = Content { name: "Budgeted".to_owned(), ..Content::default() };
    content.instrument = Some("horizon-europe-ria".to_owned());
    content.members = organisations[..3].iter().copied().map(Member::new).collect();
    content.members[2].cost_cents = Some(10_000_000);
    content
}

fn form(fields: &[(String, &str)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    pairs.join("&")
}

fn word(text: &str) -> String {
    text.to_owned()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_become_costs_grants_and_a_spreadsheet(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let officer = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id = consortia::create(app, &officer, &draft_of(&organisations)).await.unwrap();
    let visitor = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let budget = format!("/consortia/{id}/budget");
    let empty = visitor.get(&budget).await;
    assert_eq!(empty.status, StatusCode::OK, "{}", empty.text);

    let (one, two) = (organisations[0], organisations[1]);
    for (revision, title) in [(1, "Management"), (2, "Trial")] {
        let added = visitor.post(&budget, &format!("revision={revision}&act=add-package&new-package={title}")).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    }
    let fields = form(&[
        (word("revision"), "3"),
        (partner_field("rate", one), "6 500,50"),
        (months_field(1, one), "12,5"),
        (amount_field(1, Category::Travel, one), "1 000"),
        (amount_field(2, Category::Subcontracting, one), "500"),
        (amount_field(2, Category::Personnel, two), "40000"),
        (partner_field("requested", two), "30000"),
        (word("act"), "save"),
    ]);
    // What follows is shown before it is saved, and nothing is written by showing it.
    let before = visitor.post(&format!("{budget}/preview"), &fields).await;
    assert!(before.text.contains("€103,320.31"), "{}", before.text);
    assert_eq!(consortia::open(app, &officer, id).await.unwrap().revision, 3);
    let saved = visitor.post(&budget, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let draft = consortia::open(app, &officer, id).await.unwrap();
    // 12.5 months of 6,500.50 are 81,256.25; a quarter of that and travel; subcontracting bears none.
    let direct = 8_125_625 + 100_000;
    assert_eq!(draft.content.members[0].cost_cents, Some(direct + direct / 4 + 50_000));
    assert_eq!(draft.content.members[0].subcontracting_cents, Some(50_000));
    assert_eq!(draft.content.members[1].cost_cents, Some(5_000_000));
    assert_eq!(draft.content.members[2].cost_cents, Some(10_000_000), "costs of who has no lines are typed");
    let page = visitor.get(&budget).await;
    for text in ["€103,320.31", "€30,000", "€20,000", "100%"] {
        assert!(page.text.contains(text), "{text} in {}", page.text);
    }
    // The sheet shows computed costs and takes none that are typed.
    let sheet = visitor.get(&format!("/consortia/{id}")).await;
    assert!(
        !sheet.text.contains(&format!("name=\"cost-{one}\""))
            && sheet.text.contains(&format!("name=\"cost-{}\"", organisations[2]))
    );
    let typed = format!("revision=4&member={one}&member={two}&member={}&cost-{one}=7&name=Renamed", organisations[2]);
    let renamed = visitor.post(&format!("/consortia/{id}"), &typed).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.text);
    let draft = consortia::open(app, &officer, id).await.unwrap();
    assert_eq!(
        (draft.content.name.as_str(), draft.content.members[0].cost_cents),
        ("Renamed", Some(direct + direct / 4 + 50_000))
    );
    let history = visitor.get(&format!("/consortia/{id}/versions")).await;
    assert!(history.text.contains("WP 1 · Travel and subsistence"), "{}", history.text);

    // What if a partner with a budget cost something else: tried in place of its lines, and never taken over.
    let what_if = format!("/consortia/{id}/what-if");
    let all = format!("revision=5&has_members=1&member={one}&member={two}&member={}", organisations[2]);
    let tried = visitor.post(&what_if, &format!("{all}&cost-{one}=50+000&cost-{two}=")).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text);
    for text in ["By the budget:</a> €103,320.31", "<td>€103,320.31</td><td>€50,000</td>", "are read here only"] {
        assert!(tried.text.contains(text), "{text} in {}", tried.text);
    }
    assert!(!tried.text.contains("value=\"save\""), "nothing of it could be taken over: {}", tried.text);
    // Left empty, costs follow from the lines, whatever the rate of indirect costs of the other instrument.
    let other = visitor.post(&what_if, &format!("{all}&instrument=eurostars-3&cost-{one}=")).await;
    assert!(
        other.text.contains("By the budget:</a> €82,756.25") && other.text.contains("value=\"save\""),
        "{}",
        other.text
    );
    let wrong = visitor.post(&what_if, &format!("{all}&cost-{one}=100&subcontracting-{two}=many")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    for field in [format!("e-subcontracting-{one}"), format!("e-subcontracting-{two}")] {
        assert!(wrong.text.contains(&field), "{field}: {}", wrong.text);
    }
    assert_eq!(consortia::open(app, &officer, id).await.unwrap().revision, 5);

    // More than it costs is asked by nobody; other mistakes are named where they are, and nothing is written.
    for (field, value, said) in [
        (partner_field("requested", two), "60000", "more than the costs"),
        (amount_field(2, Category::Goods, two), "-5", "cannot be negative"),
        (amount_field(9, Category::Goods, two), "5", "no such work package"),
    ] {
        let refused = visitor.post(&budget, &form(&[(word("revision"), "5"), (field, value)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(refused.text.contains(said), "{said} in {}", refused.text);
    }
    assert_eq!(consortia::open(app, &officer, id).await.unwrap().revision, 5);

    // Out, and back: the file changes nothing; onto a budget that lost its lines it brings them all back.
    let book = visitor.get(&format!("{budget}/xlsx")).await;
    assert_eq!(book.status, StatusCode::OK);
    let checked = visitor.upload(&format!("{budget}/import"), "budget.xlsx", &book.bytes).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    assert!(checked.text.contains("The file says what the budget says already."), "{}", checked.text);
    let whole = draft.content.clone();
    let mut emptied = whole.clone();
    for member in &mut emptied.members {
        member.budget = Default::default();
        member.requested_cents = None;
    }
    consortia::save(app, &officer, id, 5, &emptied).await.unwrap();
    let checked = visitor.upload(&format!("{budget}/import"), "budget.xlsx", &book.bytes).await;
    let kept: Vec<String> = hidden(&checked.text, &budget);
    assert_eq!(visitor.post(&budget, &kept.join("&")).await.status, StatusCode::SEE_OTHER);
    let after = consortia::open(app, &officer, id).await.unwrap().content;
    assert_eq!(differences(&whole, &after), Vec::<Difference>::new());
    assert_eq!(after, whole);

    // Who asks for nothing asks for the most at once; who said less keeps that.
    let revision = consortia::open(app, &officer, id).await.unwrap().revision;
    let asked = visitor.post(&budget, &format!("revision={revision}&act=ask-most")).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let members = consortia::open(app, &officer, id).await.unwrap().content.members;
    assert_eq!(members[0].requested_cents, members[0].cost_cents);
    assert_eq!(members[1].requested_cents, Some(3_000_000));
    assert_eq!(members[2].requested_cents, Some(10_000_000), "of costs that were typed too");
}

/// The fields that the form of a page at this address sends without anything typed, encoded.
fn hidden(text: &str, action: &str) -> Vec<String> {
    let form =
        text.split(&format!("action=\"{action}\"")).nth(1).and_then(|rest| rest.split("</form>").next()).unwrap();
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1);
    fields
        .map(|field| {
            let (name, rest) = field.split_once("\" value=\"").unwrap();
            let value = rest.split_once('"').unwrap().0;
            format!("{name}={}", value.replace("&#x2f;", "/").replace(' ', "+"))
        })
        .collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_file_is_told_cell_by_cell_and_what_is_good_is_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let officer = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id = consortia::create(app, &officer, &draft_of(&organisations)).await.unwrap();
    let visitor = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let budget = format!("/consortia/{id}/budget");
    visitor.post(&budget, "revision=1&act=add-package&new-package=All").await;
    let (one, two, three) = (organisations[0], organisations[1], organisations[2]);
    let file = format!(
        "Id;Lot de travail;Person-months;Travel and subsistence;Équipements;All lines\n\
         {one};1;12;100;200;300\n\
         {two};1;many;-5;7;7\n\
         {two};1;1;1;1;2\n\
         {three};2;1;1;1;2\n\
         {NOWHERE};1;1;1;1;2\n\
         {three};Lot 1;;10;20;31\n"
    );
    let checked = visitor.upload(&format!("{budget}/import"), "budget.csv", file.as_bytes()).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    for said in [
        "write person-months such as",
        "an amount cannot be negative",
        "this partner stands twice",
        "there is no such work package",
        "this is no partner of the draft",
        "the lines do not add up to this",
        "6 cells cannot be taken",
    ] {
        assert!(checked.text.contains(said), "{said} in {}", checked.text);
    }
    assert_eq!(consortia::open(app, &officer, id).await.unwrap().revision, 2, "nothing is written by looking");
    let kept = hidden(&checked.text, &budget);
    let taken = visitor.post(&budget, &kept.join("&")).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let content = consortia::open(app, &officer, id).await.unwrap().content;
    let amounts: Vec<[Option<i64>; 2]> = content
        .members
        .iter()
        .map(|m| [Category::Travel, Category::Equipment].map(|category| m.budget.amount(1, category)))
        .collect();
    assert_eq!(amounts, [[Some(10_000), Some(20_000)], [None, Some(700)], [Some(1_000), Some(2_000)]]);

    for (name, bytes, said) in
        [("bomb.xlsx", &b"PK\x03\x04nothing of a workbook"[..], "bomb.xlsx"), ("empty.csv", &b"\n"[..], "empty.csv")]
    {
        let refused = visitor.upload(&format!("{budget}/import"), name, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(refused.text.contains(said), "{}", refused.text);
    }
    let columns = visitor.post(&format!("{budget}/import/columns"), "table=%7B%7D").await;
    assert_eq!(columns.status, StatusCode::UNPROCESSABLE_ENTITY);

    // A file has an end: in rows, also of what comes back with the form, and in bytes.
    let rows = |count: usize| format!("Id;Work package\n{}", format!("{one};1\n").repeat(count));
    let long = visitor.upload(&format!("{budget}/import"), "long.csv", rows(5_001).as_bytes()).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text.contains("more than 5000 rows"), "{}", long.text);
    let back: Vec<(u64, Vec<String>)> = (0..5_001).map(|row| (row, vec![])).collect();
    let back = serde_json::json!([{ "headers": [], "rows": back, "workbook": false }, []]).to_string();
    let back = form(&[(word("table"), &back)]);
    let sent = visitor.post(&format!("{budget}/import/columns"), &back).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", sent.text);
    let heavy = format!("Id\n{}", "x".repeat(4 * 1024 * 1024));
    let heavy = visitor.upload(&format!("{budget}/import"), "heavy.csv", heavy.as_bytes()).await;
    assert_eq!(heavy.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", heavy.text);
    assert!(heavy.text.contains("larger than 4 MB"), "{}", heavy.text);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_writes_its_own_lines_and_sees_no_others(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let officer = acting(Role::ProjectOfficer, Some(&medicen), None);
    let (own, other) = (organisations[0], organisations[1]);
    let mut content = draft_of(&organisations);
    content.facts.work_packages.insert(1, Default::default());
    content.members[1].budget.packages.entry(1).or_default().amounts.insert(Category::Travel, 77_777);
    let id = consortia::create(app, &officer, &content).await.unwrap();
    accepted(app, medicen.id, id, own).await;
    let partner =
        Visitor::invited_to(app, "lyonbiopole", "ada@institute.example", Role::MemberContact, Some(own.0)).await;
    let budget = format!("/workspaces/{id}/budget");
    let page = partner.get(&budget).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(!page.text.contains("777.77") && !page.text.contains(&other.to_string()), "{}", page.text);
    let fields = form(&[
        (word("revision"), "1"),
        (amount_field(1, Category::Equipment, own), "2 000"),
        (partner_field("requested", own), "1 500"),
    ]);
    let saved = partner.post(&budget, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let stored = consortia::open(app, &officer, id).await.unwrap();
    assert_eq!((stored.revision, stored.content.members[0].cost_cents), (2, Some(250_000)));
    assert_eq!(stored.content.members[1].budget, content.members[1].budget);

    // Others' lines and the work packages are not theirs to write.
    for field in [amount_field(1, Category::Travel, other), partner_field("rate", other)] {
        let refused = partner.post(&budget, &form(&[(word("revision"), "2"), (field, "1")])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.text.contains("777.77"), "{}", refused.text);
    }
    partner.post(&budget, "revision=2&package-name.1=Taken+over").await;
    assert_eq!(consortia::open(app, &officer, id).await.unwrap().content, stored.content);

    // What the team changed of others meanwhile stands; what it changed of the partner's own lines is not written over.
    let mut changed = stored.content.clone();
    changed.members[1].budget.packages.entry(1).or_default().amounts.insert(Category::Goods, 5);
    consortia::save(app, &officer, id, 2, &changed).await.unwrap();
    let beside = form(&[(word("revision"), "2"), (amount_field(1, Category::Goods, own), "10")]);
    assert_eq!(partner.post(&budget, &beside).await.status, StatusCode::SEE_OTHER);
    let mut changed = consortia::open(app, &officer, id).await.unwrap();
    assert_eq!(changed.content.members[1].budget.amount(1, Category::Goods), Some(5));
    changed.content.members[0].budget.packages.entry(1).or_default().amounts.insert(Category::Goods, 900);
    consortia::save(app, &officer, id, changed.revision, &changed.content).await.unwrap();
    let late = form(&[(word("revision"), "2"), (amount_field(1, Category::Goods, own), "20")]);
    let clash = partner.post(&budget, &late).await;
    assert_eq!(clash.status, StatusCode::CONFLICT, "{}", clash.text);
    assert!(clash.text.contains("value=\"20\""), "what was typed is kept: {}", clash.text);
    let stands = consortia::open(app, &officer, id).await.unwrap();
    assert_eq!(stands.content.members[0].budget.amount(1, Category::Goods), Some(900));

    // To who has no seat it is nowhere, and the team's page is not the partner's.
    assert_eq!(partner.get(&format!("/consortia/{id}/budget")).await.status, StatusCode::FORBIDDEN);
    let nobody = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(organisations[4].0)).await;
    let nowhere: DraftId = NOWHERE.parse().unwrap();
    for (method, form) in [("get", ""), ("post", "revision=1")] {
        let ask = async |draft: DraftId| match method {
            "get" => nobody.get(&format!("/workspaces/{draft}/budget")).await,
            _ => nobody.post(&format!("/workspaces/{draft}/budget"), form).await,
        };
        let (there, not) = (ask(id).await, ask(nowhere).await);
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{method}");
        assert_eq!(there.text.replace(&id.to_string(), NOWHERE), not.text);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn aid_is_held_against_its_ceilings_with_other_aid(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let officer = acting(Role::ProjectOfficer, Some(&medicen), None);
    let ids: Vec<OrganisationId> = corridor::on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE kind = 'company' AND country IS NOT NULL AND merged_into IS NULL ORDER BY id LIMIT 1",
    ).fetch_all(pool).await.unwrap());
    let mut content = draft_of(&organisations);
    content.members = vec![Member::new(ids[0])];
    content.members[0].declared.sme = Some(false);
    content.members[0].requested_cents = Some(20_000);
    let package = consortia::budget::WorkPackage {
        name: String::new(),
        research: Some(consortia::budget::Research::Experimental),
    };
    content.facts.work_packages.insert(1, package);
    content.members[0].budget.packages.entry(1).or_default().amounts.insert(Category::Subcontracting, 100_000);
    let id = consortia::create(app, &officer, &content).await.unwrap();
    let language = corridor::foundation::languages::Language::En;
    let read =
        async |content: &Content| consortia::budget::view_budget(app, &officer, content, language).await.unwrap().aid;
    let draft = consortia::open(app, &officer, id).await.unwrap();
    let aid = read(&draft.content).await;
    assert_eq!((aid.len(), aid[0].status, aid[0].most.as_str()), (1, "met", "€250"), "{}", aid[0].text);
    // What another authority pays for the same costs counts with it.
    let mut more = draft.content.clone();
    more.members[0].budget.other_aid_cents = Some(90_000);
    let aid = read(&more).await;
    assert_eq!((aid[0].status, aid[0].aid.as_str()), ("not-met", "€1,100"), "{}", aid[0].text);
}
