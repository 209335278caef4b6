@area.logout
Feature: Logging out
  A logout ends one session and sends the person back to the welcome.

  @LOGOUT-1 @must @task-14 @accepts.logout
  Rule: A live session is redirected to GET /, which answers the welcome

    Scenario: Ada logs out
      Given Ada is logged in
      When Ada logs out
      Then the answer redirects to the root
      And following the redirect answers the welcome

  @LOGOUT-2 @must @task-13 @task-14
  Rule: After a logout the session is over

    Scenario: The session id is used again
      Given Ada is logged in and has seen her profile
      When Ada logs out
      Then Ada's session is over

  @LOGOUT-3 @must @task-14 @accepts.profile
  Rule: A logout without a cookie answers 403 and ends nobody's session

    Scenario: Without a cookie
      Given Grace has an account and no session
      And Ada has just logged in
      When a visitor logs out without a cookie
      Then the answer is 403
      And Ada's session goes on

    @needs.fresh-start
    Scenario: Without a cookie, when nobody has registered since the start
      Given nobody has registered since the start
      When a visitor logs out without a cookie
      Then the answer is 403
      And Grace can register, log in and see her profile

    @needs.fresh-start
    Scenario Outline: Without a cookie, when <who> registered since the start
      Given <who> registered since the start
      When a visitor logs out without a cookie
      Then the answer is 403
      And Grace can log in and see her profile

      Examples: stores that hold next to nothing
        | who                      |
        | only Grace has           |
        | only Grace and Mary have |

  @LOGOUT-4 @must @task-14 @accepts.profile
  Rule: A logout with an id that nobody holds answers 403 and ends nobody's session

    Scenario: Ids that nobody holds, one after another
      Given Grace has an account and no session
      And Ada has just logged in
      When a visitor logs out with each of these ids
        | a session id            |
        | an unknown UUID         |
        | the malformed id "nope" |
        | an empty id             |
      Then every answer is 403
      And Ada's session goes on

    @needs.fresh-start
    Scenario: an unknown UUID, when nobody has registered since the start
      Given nobody has registered since the start
      When a visitor logs out with an unknown UUID
      Then the answer is 403
      And Grace can register, log in and see her profile

    @needs.fresh-start
    Scenario Outline: an empty id, when <who> registered since the start
      Given <who> registered since the start
      When a visitor logs out with an empty id
      Then the answer is 403
      And Grace can log in and see her profile

      Examples: stores that hold next to nothing
        | who                      |
        | only Grace has           |
        | only Grace and Mary have |

  @LOGOUT-5 @must @task-13 @accepts.login
  Rule: A logout ends that one session: others go on, and the account can log in again

    Scenario: Ada logs out while Grace stays
      Given Grace is logged in
      And Ada is logged in
      When Ada logs out
      Then the request is accepted
      And Grace's profile answers 200 with the JSON
        """
        {"email": "{Grace's email}"}
        """
      And logging in to Ada's account with Ada's password answers 200

  @LOGOUT-6 @must @task-0 @task-13 @accepts.update
  Rule: A logout leaves an outstanding reset token alone

    Scenario: Ada logs out before she sets a new password
      Given Ada has an account
      And Ada has asked for a reset token
      And Ada has just logged in and has seen her profile
      When Ada logs out
      Then the request is accepted
      And setting a new password with Ada's token answers 200
