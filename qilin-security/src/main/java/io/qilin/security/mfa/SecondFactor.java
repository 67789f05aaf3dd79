package io.qilin.security.mfa;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One-time codes by time (TOTP, RFC 6238) and recovery codes, with what the algorithm alone does not give:
 *
 * <ul>
 *   <li>A code is accepted once: the step of each accepted code is later than that of the one before, whatever the clock does.
 *   <li>The step before and the step after are accepted too, no others.
 *   <li>After five wrong codes none is looked at for 30 s, and twice as long after each further one, up to 15 minutes. A right code
 *       that was used before, and a text that is no code, do not count as wrong.
 *   <li>Who has no confirmed second factor is refused.
 * </ul>
 *
 * <p>Safe to share between threads if the store is: every outcome counts only if the store's record was exchanged for it, so of one
 * code used at once from many sides one is accepted, and no guess goes uncounted.
 *
 * <pre>
 * SecondFactor factor = SecondFactor.of(new MemoryMfaStore(), Clock.systemUTC(), new SecureRandom(), OtpSettings.DEFAULT);
 * Enrolment shown = factor.enrol("alice", "Qilin");
 * factor.confirm("alice", firstCode).orThrow();
 * factor.verify("alice", code).orThrow();
 * </pre>
 */
public final class SecondFactor {
  private static final int FREE_FAILURES = 5;
  private static final Duration FIRST_BLOCK = Duration.ofSeconds(30);
  private static final Duration LONGEST_BLOCK = Duration.ofMinutes(15);
  private static final int WINDOW = 1;
  private static final int MOST_TRIES = 200;

  private final MfaStore store;
  private final Clock clock;
  private final SecureRandom random;
  private final OtpSettings settings;

  /** What to do with a record: the record that takes its place, and what is then said. */
  private record Step(MfaRecord next, MfaVerdict verdict) {}

  private SecondFactor(MfaStore store, Clock clock, SecureRandom random, OtpSettings settings) {
    this.store = Objects.requireNonNull(store, "store");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /**
   * Second factors of one store.
   *
   * @param settings for users who enrol from now on; others keep theirs
   */
  public static SecondFactor of(
      MfaStore store, Clock clock, SecureRandom random, OtpSettings settings) {
    return new SecondFactor(store, clock, random, settings);
  }

  /**
   * Makes a secret and recovery codes for a user. They count once {@link #confirm} has seen a first code; until then enrolling again
   * takes their place.
   *
   * @param subject the user, 1 to 128 characters without a colon
   * @param issuer what the app shows above the code, 1 to 64 characters without a colon
   * @throws QilinException INVALID_ARGUMENT if a name is out of range, or the user has a confirmed second factor; that one is removed
   *     first; SECURITY_UNAVAILABLE if somebody else enrols the user at the same time; what the store throws
   */
  public Enrolment enrol(String subject, String issuer) {
    checkLabel(subject, 128);
    checkLabel(issuer, 64);
    Optional<MfaRecord> old = store.find(subject);
    if (old.isPresent() && old.get().confirmed()) {
      throw QilinException.invalid(
          "the user has a second factor; remove it before enrolling again");
    }
    byte[] bytes = new byte[settings.algorithm().secretBytes()];
    random.nextBytes(bytes);
    RecoveryCodes recovery = RecoveryCodes.random(subject, random);
    MfaRecord made = new MfaRecord(
        subject,
        Secret.of(HexFormat.of().formatHex(bytes)),
        settings,
        false,
        -1,
        0,
        Instant.EPOCH,
        recovery.hashes());
    boolean stored =
        old.map(before -> store.replace(before, made)).orElseGet(() -> store.insert(made));
    if (!stored) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE, "the user is being enrolled by somebody else; try again");
    }
    String base32 = Base32.encode(bytes);
    Arrays.fill(bytes, (byte) 0);
    return new Enrolment(
        Secret.of(uri(subject, issuer, base32)), Secret.of(base32), recovery.codes());
  }

  private static void checkLabel(String label, int longest) {
    if (label.isEmpty() || label.length() > longest || label.indexOf(':') >= 0) {
      throw QilinException.invalid("a label has 1 to " + longest + " characters and no colon");
    }
  }

  /** The key URI format that authenticator apps read. */
  private String uri(String subject, String issuer, String base32) {
    return "otpauth://totp/" + escaped(issuer) + ":" + escaped(subject)
        + "?secret=" + base32
        + "&issuer=" + escaped(issuer)
        + "&algorithm=" + settings.algorithm().name()
        + "&digits=" + settings.digits()
        + "&period=" + settings.stepSeconds();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Checks the first code of a user who enrolled; from then on codes are accepted. */
  public MfaVerdict confirm(String subject, @Nullable String code) {
    return judge(subject, (mfa, now) -> mfa.confirmed() ? notEnrolled(mfa) : otp(mfa, now, code));
  }

  /** Checks a code of the app. */
  public MfaVerdict verify(String subject, @Nullable String code) {
    return judge(subject, (mfa, now) -> mfa.confirmed() ? otp(mfa, now, code) : notEnrolled(mfa));
  }

  /** Checks a recovery code, with or without its hyphens; it is used up then. */
  public MfaVerdict recover(String subject, @Nullable String code) {
    return judge(
        subject, (mfa, now) -> mfa.confirmed() ? recovery(mfa, now, code) : notEnrolled(mfa));
  }

  /**
   * Takes away the second factor of a user, who is refused wherever one is asked for until the next enrolment. The host sees to it that
   * nobody does so for another without a reason.
   *
   * @return false if there was none
   * @throws QilinException SECURITY_UNAVAILABLE if others keep changing it; what the store throws
   */
  public boolean remove(String subject) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<MfaRecord> old = store.find(subject);
      if (old.isEmpty() || store.remove(old.get())) {
        return old.isPresent();
      }
    }
    throw new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE,
        "the second factor was not removed: others keep changing it; try again");
  }

  /** Looks at a record at a moment. */
  @FunctionalInterface
  private interface Judge {
    Step judge(MfaRecord mfa, Instant now);
  }

  @SuppressWarnings("CatchingUnchecked") // whatever fails refuses, with its own reason
  private MfaVerdict judge(String subject, Judge judge) {
    try {
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        Optional<MfaRecord> found =
            store.find(subject).filter(one -> one.subject().equals(subject));
        if (found.isEmpty()) {
          return MfaVerdict.Refused.of(MfaRefusal.NOT_ENROLLED);
        }
        MfaRecord mfa = found.get();
        Instant now = clock.instant();
        Step step = blocked(mfa, now).orElseGet(() -> judge.judge(mfa, now));
        if (step.next.equals(mfa) || store.replace(mfa, step.next)) {
          return step.verdict;
        }
      }
      return MfaVerdict.Refused.of(MfaRefusal.UNAVAILABLE);
    } catch (RuntimeException e) {
      return MfaVerdict.Refused.of(MfaRefusal.UNAVAILABLE);
    }
  }

  /** While it lasts; if the clock was set back, no longer than the block was meant to. */
  private static Optional<Step> blocked(MfaRecord mfa, Instant now) {
    Duration left = Duration.between(now, mfa.blockedUntil());
    if (left.isNegative() || left.isZero()) {
      return Optional.empty();
    }
    Duration meant = block(mfa.failures());
    Duration wait = left.compareTo(meant) > 0 ? meant : left;
    return Optional.of(new Step(
        mfa.failed(mfa.failures(), now.plus(wait)),
        new MfaVerdict.Refused(MfaRefusal.BLOCKED, wait)));
  }

  private static Duration block(int failures) {
    if (failures < FREE_FAILURES) {
      return Duration.ZERO;
    }
    Duration doubled = FIRST_BLOCK.multipliedBy(1L << Math.min(failures - FREE_FAILURES, 10));
    return doubled.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : doubled;
  }

  private static Step otp(MfaRecord mfa, Instant now, @Nullable String code) {
    OtpSettings made = mfa.settings();
    if (code == null || !code.matches("[0-9]{" + made.digits() + "}")) {
      return new Step(mfa, MfaVerdict.Refused.of(MfaRefusal.MALFORMED));
    }
    long current = Math.floorDiv(now.getEpochSecond(), made.stepSeconds());
    if (current < WINDOW) {
      return new Step(mfa, MfaVerdict.Refused.of(MfaRefusal.UNAVAILABLE));
    }
    byte[] secret = HexFormat.of().parseHex(mfa.secret().reveal());
    byte[] asked = code.getBytes(StandardCharsets.US_ASCII);
    long fresh = -1;
    boolean used = false;
    for (long step = current - WINDOW; step <= current + WINDOW; step++) {
      String expected = OneTimeCode.of(secret, step, made.digits(), made.algorithm());
      boolean same = MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), asked);
      boolean later = step > mfa.lastStep();
      used |= same && !later;
      fresh = same && later && fresh < 0 ? step : fresh;
    }
    Arrays.fill(secret, (byte) 0);
    if (fresh >= 0) {
      return new Step(mfa.accepted(fresh), new MfaVerdict.Accepted("otp", now));
    }
    return used ? new Step(mfa, MfaVerdict.Refused.of(MfaRefusal.USED)) : wrong(mfa, now);
  }

  private static Step recovery(MfaRecord mfa, Instant now, @Nullable String code) {
    Optional<String> plain = Optional.ofNullable(code).flatMap(RecoveryCodes::plain);
    if (plain.isEmpty()) {
      return new Step(mfa, MfaVerdict.Refused.of(MfaRefusal.MALFORMED));
    }
    String hash = RecoveryCodes.hash(mfa.subject(), plain.get());
    Optional<Set<String>> left = RecoveryCodes.without(mfa.recoveryHashes(), hash);
    return left.isPresent()
        ? new Step(mfa.recovered(left.get()), new MfaVerdict.Accepted("recovery", now))
        : wrong(mfa, now);
  }

  private static Step wrong(MfaRecord mfa, Instant now) {
    int failures = Math.min(mfa.failures() + 1, 1_000_000);
    Instant until = now.plus(block(failures));
    return new Step(mfa.failed(failures, until), MfaVerdict.Refused.of(MfaRefusal.WRONG));
  }

  private static Step notEnrolled(MfaRecord mfa) {
    return new Step(mfa, MfaVerdict.Refused.of(MfaRefusal.NOT_ENROLLED));
  }
}
