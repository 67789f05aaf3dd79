package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a contract finds a defect. */
final class Failures {
  private Failures() {}

  /** The test method fails as a test fails. */
  static void assertFails(ThrowingCallable testMethod) {
    assertThatThrownBy(testMethod).isInstanceOf(AssertionError.class);
  }
}
