"""Build files and lockfiles of Maven, Gradle and sbt."""
