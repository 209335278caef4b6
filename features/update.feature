@area.update
Feature: Setting a new password
  Whoever holds a reset token sets a new password with it, once, for the
  account that the token was made for.

  @UPDATE-1 @must @task-18 @task-19 @accepts.update
  Rule: A valid token answers 200 with the email and "Password updated"

    Scenario: Ada sets a new password
      Given Ada has an account
      And Ada has asked for a reset token
      When Ada sets a new password
      Then the answer is 200 with the JSON
        """
        {"email": "{Ada's email}", "message": "Password updated"}
        """

  @UPDATE-2 @must @task-18 @accepts.update
  Rule: The new password logs in, exactly as sent, and the old one no longer does

    Scenario: Ada tries both
      Given Ada has an account
      And Ada has asked for a reset token
      When Ada sets the new password " Nëw+pass wörd&=%41 "
      Then logging in to Ada's account with the new password answers 200
      And logging in to Ada's account with the old password answers 401

  @UPDATE-3 @must @task-18 @task-19
  Rule: A token works once

    Scenario: The same token again
      Given Ada has an account
      And Ada has asked for a reset token
      And Ada has set a new password
      When a visitor sets another password for Ada with Ada's token
      Then the answer is 403
      And logging in to Ada's account with another password answers 401
      And logging in to Ada's account with the new password answers 200

  @UPDATE-4 @must @task-18 @task-19
  Rule: A token that was never issued answers 403 and changes nothing

    Scenario: Tokens that nobody was given, then the real one
      Given Ada has an account
      And Ada is logged in
      And Ada has asked for a reset token
      When a visitor sets another password for Ada with each of these tokens
        | token                   |
        | an unknown UUID         |
        | Ada's session id        |
        | Ada's token without its end |
        | Ada's token and one digit   |
      Then every answer is 403
      And logging in to Ada's account with another password answers 401
      And setting a new password with Ada's token answers 200

    Scenario: An empty token, while a registered user never asked for one
      Given Ada has an account of her own
      And Grace has an account
      And Grace has asked for a reset token
      When a visitor sets another password for Ada with an empty token
      Then the answer is 4xx
      And logging in to Ada's account with Ada's password answers 200

    @needs.fresh-start
    Scenario Outline: An empty token, when <who> registered since the start
      Given <who> registered since the start
      When a visitor sets another password for Grace with an empty token
      Then the answer is 4xx
      And logging in to Grace's account with Grace's password answers 200

      Examples: stores that hold next to nothing
        | who                      |
        | only Grace has           |
        | only Grace and Mary have |

  @UPDATE-5 @must @task-18
  Rule: A new password touches no other account, its token or its session, whatever email the form names

    Scenario: Ada sets a new password while Grace waits with her token
      Given Ada has an account
      And Grace has an account
      And Ada has asked for a reset token
      And Grace has asked for a reset token
      When Ada sets a new password
      Then the request is accepted
      And logging in to Grace's account with Grace's password answers 200
      And logging in to Grace's account with Ada's password answers 401
      And setting a new password with Grace's token answers 200

    Scenario: Ada's token with Grace's email
      Given Ada has an account
      And Grace has an account
      And Ada has asked for a reset token
      And Grace has asked for a reset token
      And Grace is logged in
      When a visitor uses Ada's token with Grace's email
      Then Grace's session goes on
      And logging in to Grace's account with Grace's password answers 200
      And setting a new password with Grace's token answers 200

  @UPDATE-9 @must @task-16 @task-18
  Rule: A second request for a token and a second update work as the first did

    Scenario: Ada forgets her password twice
      Given Ada has an account
      And Ada has asked for a reset token
      And Ada has set a new password
      When Ada asks for a reset token
      And a visitor sets another password for Ada with Ada's earlier token
      And Ada sets a new password
      Then the last two answers are 403 and 200
      And logging in to Ada's account with the first password answers 401
      And logging in to Ada's account with the new password answers 200

  @UPDATE-8 @may
  Rule: A token sent with another user's email is refused

    Scenario: Ada's token with Grace's email
      Given Ada has an account
      And Grace has an account
      And Ada has asked for a reset token
      When a visitor uses Ada's token with Grace's email
      Then the answer is 4xx
      And setting a new password with Ada's token answers 200
