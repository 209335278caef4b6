@area.login
Feature: Logging in with bad input
  The document does not say what a login without an email or a password is
  answered. A careful server refuses it as the client's mistake.

  @LOGIN-8 @should
  Rule: A login without an email or a password answers 4xx and opens no session

    Scenario Outline: <fields>
      Given Ada is logged in
      When a visitor logs in to Ada's account with <fields>
      Then the answer is 4xx
      And the answer opens no session
      And Ada's session goes on

      Examples: what is missing
        | fields         |
        | no password    |
        | no email       |
        | an empty form  |
