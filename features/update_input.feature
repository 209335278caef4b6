@area.update
Feature: Setting a new password with bad input
  The document does not say what an update without a field is answered. A
  missing token must not find a user who never asked for one.

  @UPDATE-6 @should
  Rule: An update without a field answers 4xx and changes nobody's password

    @risk.high
    Scenario: No new password
      Given Ada has an account
      And Ada has asked for a reset token
      When a visitor sends Ada's update with no new password
      Then the answer is 4xx
      And logging in to Ada's account with Ada's password answers 200

    @risk.high
    Scenario: No email
      Given Ada has an account
      And Ada has asked for a reset token
      When a visitor sends Ada's update with no email
      Then the answer is 4xx
      And logging in to Ada's account with Ada's password answers 200

    @risk.higher
    Scenario: No token, while a registered user never asked for one
      Given Ada has an account of her own
      When a visitor sends Ada's update with no token
      Then the answer is 4xx
      And logging in to Ada's account with Ada's password answers 200

    @risk.highest @needs.fresh-start
    Scenario Outline: No token, when <who> registered since the start
      Given <who> registered since the start
      When a visitor sends Grace's update with no token
      Then the answer is 4xx
      And logging in to Grace's account with Grace's password answers 200

      Examples: stores that hold next to nothing
        | who                      |
        | only Grace has           |
        | only Grace and Mary have |

  @UPDATE-7 @should
  Rule: An empty new password answers 4xx and changes nothing

    @risk.high
    Scenario: An empty new password
      Given Ada has an account
      And Ada has asked for a reset token
      When a visitor sends Ada's update with an empty new password
      Then the answer is 4xx
      And logging in to Ada's account with Ada's password answers 200
