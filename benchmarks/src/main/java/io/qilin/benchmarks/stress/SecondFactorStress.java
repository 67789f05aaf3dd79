package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.api.secret.Secret;
import io.qilin.security.mfa.Enrolment;
import io.qilin.security.mfa.MemoryMfaStore;
import io.qilin.security.mfa.MfaRecord;
import io.qilin.security.mfa.MfaVerdict;
import io.qilin.security.mfa.OtpSettings;
import io.qilin.security.mfa.SecondFactor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Does a one-time code count twice, or a guess not at all? "Of one code used at once from many sides one is accepted, and no guess goes
 * uncounted." The third figure of each outcome is what the record says in the end.
 */
public final class SecondFactorStress {
  /** The vector of RFC 6238, appendix B: this secret at 59 s; the last six of its eight digits. */
  private static final String SECRET =
      HexFormat.of().formatHex("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  private static final String RIGHT = "287082";
  private static final String WRONG = "000000";
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(59), ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String USER = "alice";

  private SecondFactorStress() {}

  private static MfaRecord record(int failures, Set<String> recoveryHashes) {
    return new MfaRecord(
        USER,
        Secret.of(SECRET),
        OtpSettings.DEFAULT,
        true,
        -1,
        failures,
        Instant.EPOCH,
        recoveryHashes);
  }

  private static MemoryMfaStore store(MfaRecord record) {
    MemoryMfaStore store = new MemoryMfaStore();
    store.insert(record);
    return store;
  }

  private static SecondFactor factor(MemoryMfaStore store) {
    return SecondFactor.of(store, CLOCK, RANDOM, OtpSettings.DEFAULT);
  }

  private static String said(MfaVerdict verdict) {
    return verdict.fold(accepted -> "ACCEPTED", refused -> refused.reason().name());
  }

  /** One code, two logins; the third figure is the step that is used up. */
  @JCStressTest
  @Outcome(
      id = {"ACCEPTED, USED, 1", "USED, ACCEPTED, 1"},
      expect = ACCEPTABLE,
      desc = "The code counts once.")
  @Outcome(expect = FORBIDDEN, desc = "The code counted twice, or not at all.")
  @State
  public static class SameCode {
    private final MemoryMfaStore store = store(record(0, Set.of()));
    private final SecondFactor factor = factor(store);

    /** For jcstress. */
    public SameCode() {}

    /** One login. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = said(factor.verify(USER, RIGHT));
    }

    /** Another login. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = said(factor.verify(USER, RIGHT));
    }

    /** The step. */
    @Arbiter
    public void step(LLI_Result said) {
      said.r3 = (int) store.find(USER).orElseThrow().lastStep();
    }
  }

  /** One recovery code, two logins; the third figure is how many of ten are left. */
  @JCStressTest
  @Outcome(
      id = {"ACCEPTED, WRONG, 9", "WRONG, ACCEPTED, 9"},
      expect = ACCEPTABLE,
      desc = "The recovery code counts once.")
  @Outcome(expect = FORBIDDEN, desc = "The recovery code counted twice, or not at all.")
  @State
  public static class SameRecoveryCode {
    private static final MemoryMfaStore ENROLLED = new MemoryMfaStore();
    private static final Enrolment SHOWN = factor(ENROLLED).enrol(USER, "Qilin");
    private static final Set<String> HASHES = ENROLLED.find(USER).orElseThrow().recoveryHashes();
    private static final String CODE = SHOWN.recoveryCodes().get(0).reveal();

    private final MemoryMfaStore store = store(record(0, HASHES));
    private final SecondFactor factor = factor(store);

    /** For jcstress. */
    public SameRecoveryCode() {}

    /** One login. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = said(factor.recover(USER, CODE));
    }

    /** Another login. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = said(factor.recover(USER, CODE));
    }

    /** What is left. */
    @Arbiter
    public void left(LLI_Result said) {
      said.r3 = store.find(USER).orElseThrow().recoveryHashes().size();
    }
  }

  /** The last free guess, taken twice; the third figure is how many were wrong. */
  @JCStressTest
  @Outcome(
      id = {"WRONG, BLOCKED, 5", "BLOCKED, WRONG, 5"},
      expect = ACCEPTABLE,
      desc = "After five wrong codes none is looked at.")
  @Outcome(expect = FORBIDDEN, desc = "There was a sixth guess, or one was not counted.")
  @State
  public static class LastGuess {
    private final MemoryMfaStore store = store(record(4, Set.of()));
    private final SecondFactor factor = factor(store);

    /** For jcstress. */
    public LastGuess() {}

    /** One guess. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = said(factor.verify(USER, WRONG));
    }

    /** Another guess. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = said(factor.verify(USER, WRONG));
    }

    /** How many were wrong. */
    @Arbiter
    public void failures(LLI_Result said) {
      said.r3 = store.find(USER).orElseThrow().failures();
    }
  }

  /** A guess beside the right code: the guess is counted before it or after it, and not lost. */
  @JCStressTest
  @Outcome(
      id = "WRONG, ACCEPTED, 1",
      expect = ACCEPTABLE,
      desc = "The code first: the guess counts anew.")
  @Outcome(
      id = "WRONG, BLOCKED, 5",
      expect = ACCEPTABLE,
      desc = "The guess first: the code is blocked.")
  @Outcome(expect = FORBIDDEN, desc = "The guess was not counted.")
  @State
  public static class GuessBesideCode {
    private final MemoryMfaStore store = store(record(4, Set.of()));
    private final SecondFactor factor = factor(store);

    /** For jcstress. */
    public GuessBesideCode() {}

    /** The guess. */
    @Actor
    public void guess(LLI_Result said) {
      said.r1 = said(factor.verify(USER, WRONG));
    }

    /** The user. */
    @Actor
    public void code(LLI_Result said) {
      said.r2 = said(factor.verify(USER, RIGHT));
    }

    /** How many were wrong. */
    @Arbiter
    public void failures(LLI_Result said) {
      said.r3 = store.find(USER).orElseThrow().failures();
    }
  }
}
