package io.qilin.security.secret;

/** Is told that a secret changed, on the thread that noticed; what it throws reaches nobody but the log. */
@FunctionalInterface
public interface RotationListener {
  /** Takes one change. */
  void rotated(SecretRotation rotation);
}
