package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.security.signing.NonceStore;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The control: a nonce store that looks first and remembers then, judged as {@link NonceStress.SameNonce} judges the real one. It must
 * fail; if it passes, the machine or the settings see nothing, and the other results mean nothing.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jcstress.Main -t PlantedFault -m quick -sc false \
 *   -jvmArgs -XX:+UseSerialGC
 * </pre>
 */
@JCStressTest
@Outcome(
    id = {"FRESH, SEEN", "SEEN, FRESH"},
    expect = ACCEPTABLE,
    desc = "One of the two is fresh.")
@Outcome(expect = FORBIDDEN, desc = "A replay got through: the planted fault is seen.")
@State
public class PlantedFault {
  private static final Instant STAMP = Instant.parse("2026-11-27T01:30:00Z");

  private final NonceStore store = new LookThenRemember();

  /** For jcstress. */
  public PlantedFault() {}

  /** The request. */
  @Actor
  public void request(LL_Result said) {
    said.r1 = store.take("key", "nonce", STAMP);
  }

  /** The same again. */
  @Actor
  public void replay(LL_Result said) {
    said.r2 = store.take("key", "nonce", STAMP);
  }

  private static final class LookThenRemember implements NonceStore {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public Answer take(String keyId, String nonce, Instant stampedAt) {
      String both = keyId + " " + nonce;
      if (seen.contains(both)) {
        return Answer.SEEN;
      }
      seen.add(both);
      return Answer.FRESH;
    }
  }
}
