package io.qilin.data.lineage;

import io.qilin.data.internal.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The name of a run: a UUID of version 8 from a SHA-256 over what was run on what. */
final class RunId {
  private static final long VERSION_8 = 0x8000L;
  private static final long VERSION_MASK = 0xF000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

  private RunId() {}

  static UUID of(
      String operation,
      CodeVersion code,
      Map<String, String> parameters,
      List<LineageNode> inputs,
      List<LineageNode> outputs,
      Instant started) {
    Sha256 sha = new Sha256(1 << 10).add(operation).add(code.toString()).add(parameters.size());
    parameters.forEach((name, value) -> sha.add(name).add(value));
    sha.add(inputs.size());
    inputs.forEach(node -> sha.add(node.hash().hex()));
    sha.add(outputs.size());
    outputs.forEach(node -> sha.add(node.hash().hex()));
    sha.add(started.getEpochSecond()).add(started.getNano());
    ByteBuffer digest = ByteBuffer.wrap(sha.bytes());
    long high = (digest.getLong() & ~VERSION_MASK) | VERSION_8;
    long low = (digest.getLong() & ~VARIANT_MASK) | VARIANT;
    return new UUID(high, low);
  }
}
