@area.walk
Feature: In whatever order
  People forget, come back, share a device, and try each other's doors. Whatever
  the order of their calls, each is answered as the document says, and nobody
  is hurt by what another does.

  @WALK-1 @must @task-0 @task-5 @task-8 @task-10 @task-12 @task-13 @task-16 @task-18
  @accepts.registration @accepts.login @accepts.profile @accepts.logout @accepts.reset @accepts.update
  Rule: In whatever order the documented calls come and however they are spelt, each gets its documented answer, and all else stays as it was

    @closes.musts
    Scenario Outline: <history>
      When the history "<history>" is walked
      Then each of its calls is answered as the document says

      Examples: histories, the same ones in every run
        | history                                      |
        | people whose emails look alike               |
        | every call in every spelling                 |
        | ids, tokens and emails that are nearly right |
        | passwords that are nearly right              |
        | people who share a device, again and again   |
        | people who go their ways, 1                  |

    @closes.musts
    Scenario: The roll of everybody who ever registered
      Then everybody's sessions are as she left them
      And used tokens are spent, and the others still work
      And those who came first still log in
      And everybody's email is still hers

    @closes.musts
    Scenario: Every answer to every call before
      Then every answer so far was the documented one
