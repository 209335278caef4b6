@area.registration
Feature: Registration with bad input
  The document does not say what a registration without an email or a password
  is answered. A careful server refuses it as the client's mistake and goes on.

  @REG-6 @should
  Rule: A registration without an email or a password answers 4xx and creates no account

    @risk.high
    Scenario: No password
      When Ada registers with no password
      Then the answer is 4xx
      And Ada can still register

    @risk.highest
    Scenario: No email
      When a visitor registers with no email
      Then the answer is 4xx
      And nobody can log in with no email

    @risk.highest
    Scenario: Neither
      When a visitor registers with an empty form
      Then the answer is 4xx

  @REG-8 @should
  Rule: Unusual or malformed input is answered below 500, and the server lives on

    @risk.high
    Scenario Outline: <input>
      When a visitor registers with <input>
      Then the answer is below 500
      And the root still answers 200

      Examples: what a client may send
        | input                        |
        | an email of 10000 characters |
        | a non-ASCII email            |
        | a broken percent-encoding    |
        | bytes that are no text       |
        | a JSON body                  |
        | no body at all               |

  @REG-9 @should
  Rule: An empty email or an empty password answers 4xx

    @risk.high
    Scenario: An empty password
      When Ada registers with an empty password
      Then the answer is 4xx
      And Ada can still register

    @risk.higher
    Scenario: An empty email
      When a visitor registers with an empty email
      Then the answer is 4xx
      And nobody can log in with an empty email

  @REG-10 @should
  Rule: Form fields are read from the body, not from the query string

    @risk.high
    Scenario: The fields stand in the query string
      When Ada registers with the fields in the query string
      Then the answer is 4xx
      And Ada can still register
