//! The transcript of task 0: the table and its columns.

use std::fmt::Write as _;

use authspec_server::User;

#[test]
fn the_table_has_the_documents_columns() {
    let mut printed = format!("{}\n", User::TABLE);
    for column in User::ATTRIBUTES {
        let (table, column_type) = (User::TABLE, column.column_type());
        writeln!(printed, "{table}.{column}: {column_type}").unwrap();
    }
    insta::assert_snapshot!(printed, @r"
    users
    users.id: INTEGER
    users.email: VARCHAR(250)
    users.hashed_password: VARCHAR(250)
    users.session_id: VARCHAR(250)
    users.reset_token: VARCHAR(250)
    ");
}

#[test]
fn only_the_session_and_the_token_may_be_missing() {
    let nullable = User::ATTRIBUTES.into_iter().filter(|it| it.is_nullable());
    let names: Vec<_> = nullable.map(authspec_server::Attribute::name).collect();
    assert_eq!(names, ["session_id", "reset_token"]);
}
