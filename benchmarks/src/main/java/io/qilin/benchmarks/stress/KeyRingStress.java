package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.FieldAddress;
import io.qilin.security.crypto.FieldCipher;
import io.qilin.security.crypto.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Does a rotation, a revocation or the end of a key damage what is encrypted and decrypted meanwhile? */
public final class KeyRingStress {
  private static final Instant MADE = Instant.parse("2026-11-27T01:30:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] OLD = key();
  private static final byte[] NEXT = key();
  private static final FieldAddress AT = new FieldAddress("", "account", "4711", "resident-id");
  private static final byte[] PLAIN = "11010519491231002X".getBytes(StandardCharsets.US_ASCII);

  /** A ring of the same keys that nobody touches. */
  private static final FieldCipher TWIN =
      cipher(KeyRing.builder("next", NEXT, MADE).verifyOnly("old", OLD, MADE).build());

  private static final byte[] SEALED = cipher(ring()).encrypt(PLAIN, AT);

  private KeyRingStress() {}

  private static byte[] key() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    return key;
  }

  private static KeyRing ring() {
    return KeyRing.builder("old", OLD, MADE).build();
  }

  private static FieldCipher cipher(KeyRing ring) {
    return FieldCipher.of(ring, RANDOM);
  }

  /** The key that a value was encrypted with, if it can be decrypted with that key. */
  private static String sealed(FieldCipher cipher) {
    try {
      byte[] sealed = cipher.encrypt(PLAIN, AT);
      return Arrays.equals(TWIN.decrypt(sealed, AT), PLAIN) ? FieldCipher.keyId(sealed) : "OTHER";
    } catch (QilinException e) {
      return e.code().name();
    }
  }

  private static String opened(FieldCipher cipher) {
    try {
      return Arrays.equals(cipher.decrypt(SEALED, AT), PLAIN) ? "PLAIN" : "OTHER";
    } catch (QilinException e) {
      return e.code().name();
    }
  }

  /** The new key encrypts, the old one goes on decrypting, and at no time is there none. */
  @JCStressTest
  @Outcome(
      id = {"next, old, PLAIN", "next, next, PLAIN"},
      expect = ACCEPTABLE,
      desc = "Encrypted with the old key or the new one, and decrypted.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "Something could not be read, or the old key encrypted after the rotation.")
  @State
  public static class Rotation {
    private final KeyRing ring = ring();
    private final FieldCipher cipher = cipher(ring);

    /** For jcstress. */
    public Rotation() {}

    /** Rotates and encrypts. */
    @Actor
    public void rotate(LLL_Result said) {
      ring.rotate("next", NEXT, MADE);
      said.r1 = sealed(cipher);
    }

    /** Encrypts, and decrypts what was encrypted before. */
    @Actor
    public void use(LLL_Result said) {
      said.r2 = sealed(cipher);
      said.r3 = opened(cipher);
    }
  }

  /** A key that is overwritten while it is used does its work with all of its bytes or not at all. */
  @JCStressTest
  @Outcome(
      id = {
        "KEY_UNAVAILABLE, old, PLAIN",
        "KEY_UNAVAILABLE, old, KEY_UNAVAILABLE",
        "KEY_UNAVAILABLE, KEY_UNAVAILABLE, KEY_UNAVAILABLE"
      },
      expect = ACCEPTABLE,
      desc = "With the whole key, or refused.")
  @Outcome(expect = FORBIDDEN, desc = "Half a key was used, or a destroyed one.")
  @State
  public static class Destruction {
    private final KeyRing ring = ring();
    private final FieldCipher cipher = cipher(ring);

    /** For jcstress. */
    public Destruction() {}

    /** Destroys the key and looks. */
    @Actor
    public void destroy(LLL_Result said) {
      ring.destroy("old");
      said.r1 = opened(cipher);
    }

    /** Encrypts, and decrypts what was encrypted before. */
    @Actor
    public void use(LLL_Result said) {
      said.r2 = sealed(cipher);
      said.r3 = opened(cipher);
    }
  }

  /** "Refuses all that was encrypted with a key": who has seen the revocation, and all later, are refused. */
  @JCStressTest
  @Outcome(
      id = {"KEY_UNAVAILABLE, PLAIN", "KEY_UNAVAILABLE, KEY_UNAVAILABLE"},
      expect = ACCEPTABLE,
      desc = "Before the revocation or after it.")
  @Outcome(expect = FORBIDDEN, desc = "A revoked key decrypted, or the value looked damaged.")
  @State
  public static class Revocation {
    private final KeyRing ring = ring();
    private final FieldCipher cipher = cipher(ring);

    /** For jcstress. */
    public Revocation() {}

    /** Revokes and looks. */
    @Actor
    public void revoke(LL_Result said) {
      ring.revoke("old");
      said.r1 = opened(cipher);
    }

    /** Decrypts. */
    @Actor
    public void decrypt(LL_Result said) {
      said.r2 = opened(cipher);
    }
  }

  /** The last use of a key, wanted twice; the third figure is the count of its uses. */
  @JCStressTest
  @Outcome(
      id = {"old, KEY_UNAVAILABLE, 3", "KEY_UNAVAILABLE, old, 3"},
      expect = ACCEPTABLE,
      desc = "One of the two.")
  @Outcome(expect = FORBIDDEN, desc = "The key encrypted more often than it may, or less.")
  @State
  public static class LastUse {
    private final KeyRing ring =
        KeyRing.builder("old", OLD, MADE).mostUses(3).usesBefore(2).build();
    private final FieldCipher cipher = cipher(ring);

    /** For jcstress. */
    public LastUse() {}

    /** One encryption. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = sealed(cipher);
    }

    /** Another. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = sealed(cipher);
    }

    /** The count. */
    @Arbiter
    public void uses(LLI_Result said) {
      said.r3 = (int) ring.entries().get(0).uses();
    }
  }

  /** A key that is used up refuses, and what it refuses is not counted. */
  @JCStressTest
  @Outcome(id = "KEY_UNAVAILABLE, 3", expect = ACCEPTABLE, desc = "Refused, and not counted.")
  @Outcome(expect = FORBIDDEN, desc = "Encrypted once more, or counted although it was refused.")
  @State
  public static class UsedUp {
    private final KeyRing ring =
        KeyRing.builder("old", OLD, MADE).mostUses(3).usesBefore(3).build();
    private final FieldCipher cipher = cipher(ring);

    /** For jcstress. */
    public UsedUp() {}

    /** Encrypts. */
    @Actor
    public void encrypt(LI_Result said) {
      said.r1 = sealed(cipher);
    }

    /** Looks at the count. */
    @Actor
    public void uses(LI_Result said) {
      said.r2 = (int) ring.entries().get(0).uses();
    }
  }
}
