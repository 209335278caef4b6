@area.registration
Feature: Registration
  A visitor opens an account with an email and a password of her choice. An
  email belongs to one account.

  @REG-1 @must @task-7 @accepts.registration
  Rule: Registering a new email answers 200 with that email and "user created"

    Scenario: A new email
      When Ada registers
      Then the answer is 200 with the JSON
        """
        {"email": "{Ada's email}", "message": "user created"}
        """

  @REG-2 @must @task-5 @task-7
  Rule: Registering a taken email answers 400, whatever the password

    Scenario Outline: A taken email with <a password>
      Given Ada has an account
      When a visitor registers Ada's email with <a password>
      Then the answer is 400 with the JSON
        """
        {"message": "email already registered"}
        """

      Examples: the password that is offered
        | a password       |
        | another password |
        | Ada's password   |

  @REG-3 @must @task-5 @task-7
  Rule: A refused duplicate changes nothing for the owner of the email

    Scenario: Somebody tries to take over an account by registering it again
      Given Ada is logged in
      When a visitor registers Ada's email with another password
      Then Ada's session goes on
      And logging in to Ada's account with another password answers 401
      And logging in to Ada's account with Ada's password answers 200

  @REG-4 @must @task-7 @accepts.registration @accepts.login
  Rule: Email and password are read as form data, so that every character survives
    Register and login send the same two values in two spellings that mean the
    same: blanks as "+" and as "%20", letters plain and percent-encoded.

    Scenario: A password with everything that forms encode
      When Ada registers with the password " A&b=c%41d+e;f#g pä密ñ "
      Then the answer echoes Ada's email
      And logging in to Ada's account with every byte percent-encoded answers 200
      And logging in to Ada's account with the encoding of her password answers 401
      And logging in to Ada's account with the password " A&b=cAd+e;f#g pä密ñ " answers 401
      And logging in to Ada's account with the password " A&b=c%41d+e;f#g p " answers 401
      And logging in to Ada's account with the password "A&b=c%41d+e;f#g pä密ñ" answers 401

    Scenario: An email with a plus sign
      When Ada registers with a plus sign in her email
      Then the answer echoes Ada's email

  @REG-5 @must @task-5 @task-8 @accepts.login
  Rule: Accounts are independent: each is opened by its own password only, and none by a look-alike email's

    Scenario: Two people with a password each
      Given Ada has an account
      And Grace has an account
      When a visitor logs in to Grace's account with Ada's password
      Then the answer is 401
      And logging in to Ada's account with Ada's password answers 200

    Scenario: An email that begins with another's
      Given Ada is logged in
      When Grace registers with an email that begins with Ada's
      Then the answer echoes Grace's email
      And Ada's session goes on

    Scenario: A registration while Ada waits with her token
      Given Ada has an account
      And Ada has asked for a reset token
      When Grace registers
      Then setting a new password with Ada's token answers 200

  @REG-7 @should
  Rule: Of two registrations of one email at the same time exactly one succeeds

    Scenario: Two visitors want the same email
      When two visitors register Ada's email at the same time
      Then the answers are 200 and 400, in either order

  @REG-11 @should
  Rule: The email is kept as sent, its letter case included

    Scenario: An email with capitals
      When Ada registers with capitals in her email
      Then the answer echoes Ada's email
      And logging in to Ada's account with Ada's password answers 200 with her email as registered
