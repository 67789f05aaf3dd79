package io.qilin.data.failover;

/** What became of asking one member. */
public enum AttemptOutcome {
  /** Its answer was served. */
  SERVED,
  /** It threw an error. */
  FAILED,
  /** It is well, but has nothing for this query: not found, or refused as it was asked. */
  NO_DATA,
  /** It answered with something that is no answer to the query. */
  INVALID_ANSWER,
  /** It did not answer in time. */
  TIMED_OUT,
  /** A member that was asked later answered first; counts against it. */
  OVERTAKEN,
  /** It was given up, as another had answered; does not count against it. */
  CANCELLED,
  /** It was not asked, as it does not serve this kind of data. */
  NOT_CAPABLE,
  /** It was not asked, as its guard lets no call through. */
  CIRCUIT_OPEN,
  /** It was not asked, as it has too many calls that have not ended. */
  BUSY,
  /** The executor refused the call or did not begin it in time; says nothing about the member. */
  NOT_STARTED
}
