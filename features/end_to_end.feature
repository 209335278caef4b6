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
      When these functions are called one after another
        | call                                            |
        | register_user(EMAIL, PASSWD)                    |
        | log_in_wrong_password(EMAIL, NEW_PASSWD)        |
        | profile_unlogged()                              |
        | log_in(EMAIL, PASSWD)                           |
        | profile_logged(session_id)                      |
        | log_out(session_id)                             |
        | reset_password_token(EMAIL)                     |
        | update_password(EMAIL, reset_token, NEW_PASSWD) |
        | log_in(EMAIL, NEW_PASSWD)                       |
      Then these are the answers
        | function              | status     | payload                                         |
        | register_user         | 200        | {"email": EMAIL, "message": "user created"}     |
        | log_in_wrong_password | 401        |                                                 |
        | profile_unlogged      | 403        |                                                 |
        | log_in                | 200        | {"email": EMAIL, "message": "logged in"}        |
        | profile_logged        | 200        | {"email": EMAIL}                                |
        | log_out               | 302 or 303 |                                                 |
        | reset_password_token  | 200        | {"email": EMAIL, "reset_token": "{a UUID}"}     |
        | update_password       | 200        | {"email": EMAIL, "message": "Password updated"} |
        | log_in                | 200        | {"email": EMAIL, "message": "logged in"}        |
