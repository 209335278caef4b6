@area.welcome
Feature: Welcome
  The root of the service greets whoever asks. It is also where somebody who
  logs out is sent.

  @ROOT-1 @must @task-6
  Rule: GET / answers 200 with the welcome

    Scenario: A visitor asks for the root
      When a visitor requests GET /
      Then the answer is 200 with the JSON
        """
        {"message": "Bienvenue"}
        """
