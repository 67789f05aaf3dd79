package io.qilin.ops.resilience;

/** Why an attempt was not made; the dependency did not notice any of it. */
enum Refusal {
  /** The breaker is open. */
  OPEN("its breaker is open; it is probed when the open time is over"),
  /** No permit of the rate limit. */
  RATE("its rate limit is used up; try again in the next period"),
  /** No place of those that may run at once. */
  FULL("as many calls as may be are under way; try again later, or allow more"),
  /** The executor has no thread. */
  REJECTED("the executor took no more work; give it more threads or a longer queue"),
  /** The executor had no thread in time. */
  QUEUED("the executor had no thread in the time it had; give it more threads");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
