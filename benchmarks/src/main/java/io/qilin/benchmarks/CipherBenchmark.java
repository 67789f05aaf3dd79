package io.qilin.benchmarks;

import io.qilin.security.crypto.FieldAddress;
import io.qilin.security.crypto.FieldCipher;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.crypto.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do a field's encryption and a keyed hash cost over 1 KiB, by Qilin and by the JDK alone?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar CipherBenchmark
 * </pre>
 *
 * <p>The peers do what a caller of the JDK would: a cipher for each call, a random nonce, the address as associated data; a keyed hash
 * for each call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CipherBenchmark {
  private static final FieldAddress AT = new FieldAddress("t1", "account", "4711", "resident-id");

  private final SecureRandom random = new SecureRandom();
  private final byte[] key = new byte[32];
  private final byte[] text = new byte[1 << 10];
  private final byte[] bound = AT.toString().getBytes(StandardCharsets.UTF_8);
  private FieldCipher cipher;
  private Hmac hmac;
  private byte[] sealed = {};
  private byte[] jcaSealed = {};
  private final byte[] nonce = new byte[12];

  /** Makes keys and something to decrypt. */
  @Setup
  public void begin() throws GeneralSecurityException {
    random.nextBytes(key);
    random.nextBytes(text);
    cipher = FieldCipher.of(KeyRing.builder("k1", key, Instant.EPOCH).build(), random);
    hmac = Hmac.of(HashAlgorithm.SHA_256, key);
    sealed = cipher.encrypt(text, AT);
    random.nextBytes(nonce);
    jcaSealed = run(Cipher.ENCRYPT_MODE, nonce, text);
  }

  /** Encrypts. */
  @Benchmark
  public byte[] sealQilin() {
    return cipher.encrypt(text, AT);
  }

  /** Encrypts with the JDK alone. */
  @Benchmark
  public byte[] sealJca() throws GeneralSecurityException {
    byte[] fresh = new byte[12];
    random.nextBytes(fresh);
    return run(Cipher.ENCRYPT_MODE, fresh, text);
  }

  /** Decrypts. */
  @Benchmark
  public byte[] openQilin() {
    return cipher.decrypt(sealed, AT);
  }

  /** Decrypts with the JDK alone. */
  @Benchmark
  public byte[] openJca() throws GeneralSecurityException {
    return run(Cipher.DECRYPT_MODE, nonce, jcaSealed);
  }

  private byte[] run(int mode, byte[] iv, byte[] input) throws GeneralSecurityException {
    Cipher peer = Cipher.getInstance("AES/GCM/NoPadding");
    peer.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
    peer.updateAAD(bound);
    return peer.doFinal(input);
  }

  /** Makes and checks a tag. */
  @Benchmark
  public boolean hmacQilin() {
    return hmac.verify(text, hmac.sign(text));
  }

  /** Makes and checks a tag with the JDK alone. */
  @Benchmark
  public boolean hmacJca() throws GeneralSecurityException {
    return MessageDigest.isEqual(tag(), tag());
  }

  private byte[] tag() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
