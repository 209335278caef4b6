@area.login
Feature: Logging in
  A person with an account proves who she is and gets a session, which she
  carries as the cookie "session_id".

  @LOGIN-1 @must @task-8 @task-11 @accepts.login
  Rule: The right email and password answer 200 with that email and "logged in"

    Scenario: The right password
      Given Ada has an account
      When Ada logs in
      Then the answer is 200 with the JSON
        """
        {"email": "{Ada's email}", "message": "logged in"}
        """

  @LOGIN-2 @must @task-11 @accepts.login
  Rule: The answer to a login sets a live cookie session_id with Path=/

    Scenario: The cookie of a login
      Given Ada has an account
      When Ada logs in
      Then the answer sets a cookie "session_id" with Path=/ that has not expired
      And Ada's session can be told from an unknown one

  @LOGIN-3 @must @task-9 @task-10 @accepts.login
  Rule: A session id is a UUID, another one for each user and each login

    Scenario: Two users, one of them twice
      Given Ada has an account
      And Grace has an account
      When Ada logs in
      And Grace logs in
      And Ada logs in with a session id of her own making
      Then all session ids are UUIDs
      And all session ids differ
      And the session id is not the one that she brought
      And Ada's session can be told from an unknown one

  @LOGIN-4 @must @task-8 @task-11
  Rule: A wrong password answers 401, opens no session and leaves a running one alone

    Scenario: A wrong password
      Given Ada is logged in
      When a visitor logs in to Ada's account with another password
      Then the answer is 401
      And the answer opens no session
      And Ada's session goes on

  @LOGIN-5 @must @task-8 @task-11
  Rule: An unknown email answers 401, and is as unknown afterwards

    Scenario: An email that nobody registered
      Given Ada is logged in
      When a visitor logs in with an unknown email and Ada's password
      Then the answer is 401
      And the answer opens no session
      And asking for a reset token for the unknown email answers 403

  @LOGIN-6 @must @task-8
  Rule: The password must match exactly

    Scenario Outline: <a password>
      Given Ada is logged in
      And Grace has an account
      When a visitor logs in to Ada's account with <a password>
      Then the answer is 401

      Examples: passwords that are almost right
        | a password                       |
        | Ada's password in another case   |
        | the beginning of Ada's password  |
        | Ada's password and one letter    |
        | Ada's password after a blank     |
        | Grace's password                 |

    Scenario: An empty password
      Given Ada is logged in
      When a visitor logs in to Ada's account with an empty password
      Then the answer is 4xx
      And the answer opens no session
      And Ada's session goes on

  @LOGIN-7 @must @task-0 @task-10
  Rule: A user has one session: a second login ends the first

    Scenario: Ada logs in on a second device
      Given Ada is logged in and has seen her profile
      When Ada logs in
      Then Ada's session goes on
      And Ada's earlier session is over
      And Ada's session goes on

  @LOGIN-12 @must @task-0 @task-10 @accepts.update
  Rule: A login leaves an outstanding reset token alone

    Scenario: Ada remembers her password, and sets a new one all the same
      Given Ada has an account
      And Ada has asked for a reset token
      When Ada logs in
      Then the request is accepted
      And setting a new password with Ada's token answers 200

  @LOGIN-13 @should
  Rule: The cookie's Domain, if it has one, covers the target's host

    Scenario: What a browser makes of the cookie
      Given Ada has an account
      When Ada logs in
      Then a browser would send the cookie "session_id" back

  @LOGIN-9 @should
  Rule: Several users who log in at the same time each get their own session

    Scenario: Three logins at once
      Given Ada has an account
      And Grace has an account
      And Mary has an account
      When Ada, Grace and Mary log in at the same time
      Then every answer is 2xx
      And Ada's session goes on
      And Grace's session goes on
      And Mary's session goes on

  @LOGIN-10 @may
  Rule: The session cookie is HttpOnly and has SameSite

    Scenario: The attributes of the cookie
      Given Ada has an account
      When Ada logs in
      Then the cookie "session_id" is HttpOnly and has SameSite

  @LOGIN-11 @may
  Rule: An unknown email and a wrong password get the same answer

    Scenario: Nobody learns which emails exist
      Given Ada has an account
      When a visitor logs in to Ada's account with another password
      And a visitor logs in with an unknown email and another password
      Then both answers have the same status and body
