@area.end-to-end
Feature: End to end
  The documented flow, with its own words and its own three constants. Only the
  email is made unique for each run, so that a server can be checked again.

  @E2E-1 @must @task-20 @accepts.registration @accepts.login @accepts.logout @accepts.reset @accepts.update
  Rule: The documented flow works from the registration to the login with the new password

    Scenario: Guillaume forgets his password
      Given EMAIL is "guillaume@holberton.io", made unique for this run
      And PASSWD is "b4l0u"
      And NEW_PASSWD is "t4rt1fl3tt3"
      Then register_user(EMAIL, PASSWD) answers 200 with {"email": EMAIL, "message": "user created"}
      And log_in_wrong_password(EMAIL, NEW_PASSWD) answers 401
      And profile_unlogged() answers 403
      And log_in(EMAIL, PASSWD) answers 200 with {"email": EMAIL, "message": "logged in"}
      And profile_logged(session_id) answers 200 with {"email": EMAIL}
      And log_out(session_id) answers 302 or 303
      And reset_password_token(EMAIL) answers 200 with {"email": EMAIL, "reset_token": "{a UUID}"}
      And update_password(EMAIL, reset_token, NEW_PASSWD) answers 200 with {"email": EMAIL, "message": "Password updated"}
      And log_in(EMAIL, NEW_PASSWD) answers 200 with {"email": EMAIL, "message": "logged in"}
