package io.qilin.ops.logging.logback;

/** The member {@code cut} of a line: what in it is not whole, and how long that was. Not thread-safe. */
final class CutLengths {
  private final StringBuilder members = new StringBuilder(0);

  /** Notes a part that is not whole. */
  void note(String member, Extent was) {
    if (was.cut()) {
      members.append(members.isEmpty() ? "\"" : ",\"");
      members.append(member).append("\":").append(was.length());
    }
  }

  void write(LineBuffer out) {
    out.raw(",\"cut\":{").raw(members.toString()).raw("}");
  }
}
