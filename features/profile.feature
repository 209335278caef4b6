@area.profile
Feature: Profile
  Whoever carries a live session is told who she is. Nobody else is told
  anything.

  @PROFILE-1 @must @task-12 @task-15 @accepts.profile
  Rule: A live session answers 200 with the user's email, again and again

    Scenario: Ada asks three times
      Given Ada is logged in
      When Ada asks for her profile 3 times
      Then every answer is 200 with the JSON
        """
        {"email": "{Ada's email}"}
        """

  @PROFILE-2 @must @task-12 @task-15 @accepts.profile
  Rule: A request without a cookie answers 403

    Scenario: Without a cookie, while others are logged in
      Given Ada is logged in
      When a visitor asks for the profile without a cookie
      Then the answer is 403
      And Ada's session goes on

    Scenario: Without a cookie, while a registered user has no session
      Given Ada is logged in
      And Grace has an account and no session
      When a visitor asks for the profile without a cookie
      Then the answer is 403

    @needs.fresh-start
    Scenario: Without a cookie, when nobody has registered since the start
      Given nobody has registered since the start
      When a visitor asks for the profile without a cookie
      Then the answer is 403
      And Grace can register, log in and see her profile

    @needs.fresh-start
    Scenario Outline: Without a cookie, when <who> registered since the start
      Given <who> registered since the start
      When a visitor asks for the profile without a cookie
      Then the answer is 403
      And Grace can log in and see her profile

      Examples: stores that hold next to nothing
        | who                      |
        | only Grace has           |
        | only Grace and Mary have |

  @PROFILE-3 @must @task-12 @task-15
  Rule: A session id that nobody holds answers 403

    Scenario Outline: <a session id>
      Given Ada is logged in
      And Grace has an account and no session
      When a visitor asks for the profile with <a session id>
      Then the answer is 403
      And Ada's session goes on

      Examples: session ids that nobody holds
        | a session id                        |
        | an unknown UUID                     |
        | the malformed id "nope"             |
        | an empty id                         |
        | Ada's email as the id               |
        | Ada's session id without its end    |

    @needs.fresh-start
    Scenario: an unknown UUID, when nobody has registered since the start
      Given nobody has registered since the start
      When a visitor asks for the profile with an unknown UUID
      Then the answer is 403
      And Grace can register, log in and see her profile

    @needs.fresh-start
    Scenario Outline: an empty id, when <who> registered since the start
      Given <who> registered since the start
      When a visitor asks for the profile with an empty id
      Then the answer is 403
      And Grace can log in and see her profile

      Examples: stores that hold next to nothing
        | who                      |
        | only Grace has           |
        | only Grace and Mary have |

  @PROFILE-4 @must @task-12 @task-15 @accepts.profile
  Rule: Two users who are logged in at once each see their own email

    Scenario: Ada and Grace take turns
      Given Ada is logged in
      And Grace is logged in
      When Ada asks for her profile
      And Grace asks for her profile
      And Ada asks for her profile
      Then every answer is 200 with the email of who asked

  @PROFILE-6 @must @task-12 @task-14 @task-15 @accepts.profile
  Rule: The session id is the value of the cookie session_id and of no other, wherever in the header it stands

    Scenario: Before, between and after other cookies
      Given Ada is logged in
      When Ada asks for her profile with her session before, between and after other cookies
      Then every answer is 200 with the JSON
        """
        {"email": "{Ada's email}"}
        """

    Scenario Outline: The right value in <a wrong place>
      Given Ada is logged in
      When a visitor asks for the profile with Ada's session in <a wrong place>
      And a visitor logs out with Ada's session in <a wrong place>
      Then every answer is 403
      And Ada's session goes on

      Examples: cookies of another name
        | a wrong place              |
        | the cookie other           |
        | the cookie old_session_id  |
        | the cookie SESSION_ID      |

  @PROFILE-5 @should
  Rule: Several profile requests at the same time are each answered for their own user

    Scenario: Ada and Grace ask four times each, all at once
      Given Ada is logged in
      And Grace is logged in
      When Ada and Grace ask for their profiles 4 times each at the same time
      Then every answer is 200 with the email of who asked
