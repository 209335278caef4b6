@area.http
Feature: Behaving as an HTTP server
  What any HTTP server owes its clients beside the documented answers.

  @HTTP-1 @should
  Rule: An unknown path answers 404

    Scenario Outline: <path>
      When a visitor requests GET <path>
      Then the answer is 404
      And the root still answers 200

      Examples: paths that the service does not have
        | path                  |
        | /authspec-no-such-path |
        | /profile/unknown      |

  @HTTP-2 @should
  Rule: A method that a documented path does not have answers 405 or 404

    Scenario Outline: <method> <path>
      When a visitor requests <method> <path>
      Then the answer is 405 or 404

      Examples: methods that the service does not have
        | method | path            |
        | DELETE | /               |
        | PUT    | /users          |
        | PATCH  | /sessions       |
        | POST   | /profile        |
        | DELETE | /reset_password |

  @HTTP-3 @may
  Rule: A 405 names the methods that are allowed

    Scenario: The Allow header
      When a visitor requests DELETE /profile
      Then a 405 has an Allow header that names GET

  @HTTP-5 @should
  Rule: Twenty requests in a row without a pause are all answered below 500

    @risk.high
    Scenario: Twenty requests in a row
      Given Ada is logged in
      When Ada sends 20 requests without a pause
      Then every answer is below 500

  @HTTP-4 @should
  Rule: After all the bad input the server still answers GET /

    @risk.last
    Scenario: The welcome, at the very end
      When a visitor requests GET /
      Then the answer is 200 with the JSON
        """
        {"message": "Bienvenue"}
        """
