@area.reset
Feature: Asking for a reset token
  Whoever has forgotten her password asks for a token, with which she can set a
  new one.

  @RESET-1 @must @task-16 @task-17 @accepts.reset
  Rule: A registered email answers 200 with that email and a UUID as reset_token

    Scenario: Ada is not logged in
      Given Ada has an account and no session
      When Ada asks for a reset token
      Then the answer is 200 with the JSON
        """
        {"email": "{Ada's email}", "reset_token": "{a UUID}"}
        """

    Scenario: Ada is logged in
      Given Ada is logged in
      When Ada asks for a reset token
      Then the answer is 200 with the JSON
        """
        {"email": "{Ada's email}", "reset_token": "{a UUID}"}
        """

  @RESET-2 @must @task-16 @task-17
  Rule: An unknown email answers 403, and is as unknown afterwards

    Scenario: An email that nobody registered
      Given Ada has an account
      And Ada has asked for a reset token
      When a visitor asks for a reset token for an unknown email
      Then the answer is 403
      And asking for a reset token for the unknown email answers 403

  @RESET-3 @must @task-16 @accepts.reset
  Rule: Reset tokens differ between users, between requests, and from session ids

    Scenario: Two users, one of them twice
      Given Ada is logged in
      And Grace is logged in
      When Ada asks for a reset token
      And Grace asks for a reset token
      And Ada asks for a reset token
      Then all reset tokens and session ids differ

  @RESET-4 @must @task-0 @task-16
  Rule: A newer token replaces the older one

    Scenario: Ada asks twice and finds the older mail first
      Given Ada has an account
      And Ada has asked for a reset token
      When Ada asks for a reset token
      Then the request is accepted
      And setting a new password with Ada's earlier token answers 403
      And setting a new password with Ada's token answers 200

  @RESET-5 @must @task-16 @accepts.login
  Rule: Asking for a token leaves the password as it is, and all that is another's

    Scenario: Ada remembers her password after all
      Given Ada has an account
      And Grace is logged in
      When Ada asks for a reset token
      Then logging in to Ada's account with Ada's password answers 200
      And Grace's session goes on

  @RESET-7 @should
  Rule: Asking for a token does not end a running session

    Scenario: Ada asks while she is logged in
      Given Ada is logged in
      When Ada asks for a reset token
      Then Ada's session goes on

  @RESET-6 @should
  Rule: A request without an email answers 4xx

    Scenario Outline: <an email>
      Given Ada has an account
      And Ada has asked for a reset token
      When a visitor asks for a reset token with <an email>
      Then the answer is 4xx

      Examples: emails that are none
        | an email       |
        | no email       |
        | an empty email |
