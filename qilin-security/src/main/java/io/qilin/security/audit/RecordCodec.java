package io.qilin.security.audit;

import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditFinding.Problem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records as bytes, one way only: every part has its length before it and the fields stand in one order.
 *
 * <pre>
 * hashed  = version (1), sequence (8), seconds (8), nanoseconds (4), durable (8), hash of the record before (32),
 *           outcome (1), number of fields (2), fields
 * field   = name (4 + n), 0, true length (8), text (4 + n)                 plain
 *         | name (4 + n), 1, size of the opening (4), commitment (32)      erasable
 * opening = salt (16), true length (8), text
 * </pre>
 *
 * <p>A commitment is the SHA-256 of the byte 2 and the opening. As the salt is random and unknown once the opening is erased,
 * what is left tells nothing of the text but its length. {@code durable} is the number of the last record that was known to
 * be on the disk when this one was written. One thread at a time.
 */
final class RecordCodec {
  static final String IDENTITY = "identity";
  static final String RESOURCE = "resource";
  static final String ATTRIBUTES = "attributes.";
  private static final String ACTION = "action";
  private static final String CORRELATION = "correlation";
  private static final List<String> MAIN = List.of(IDENTITY, ACTION, RESOURCE, CORRELATION);
  private static final byte VERSION = 1;
  private static final byte PLAIN = 0;
  private static final byte ERASABLE = 1;
  private static final int SALT_BYTES = 16;
  private static final int OPENING_PREFIX = SALT_BYTES + Long.BYTES;
  /** The place in this list is the number in the file; it never changes. */
  private static final List<AuditOutcome> OUTCOMES = List.of(
      AuditOutcome.INTENT,
      AuditOutcome.SUCCEEDED,
      AuditOutcome.FAILED,
      AuditOutcome.DENIED,
      AuditOutcome.NOTICE);

  private final MerkleHasher hasher = new MerkleHasher();
  private final ByteSink openings = new ByteSink();

  /**
   * Writes a frame.
   *
   * @param erasable the names of fields that can be erased
   * @return the record's hash
   */
  AuditHash write(
      ByteSink out,
      long marker,
      RecordPlace place,
      AuditEntry entry,
      Set<String> erasable,
      SecureRandom random) {
    int start = Frames.begin(out, marker, Frames.RECORD);
    out.putInt(0);
    int hashed = out.size();
    openings.clear();
    out.put(VERSION);
    out.putLong(place.sequence());
    out.put(place.at());
    out.putLong(place.durable());
    out.put(place.previous());
    out.put(OUTCOMES.indexOf(entry.outcome()));
    out.putShort(MAIN.size() + entry.attributes().size());
    field(out, IDENTITY, entry.identity(), erasable, random);
    field(out, ACTION, entry.action(), Set.of(), random);
    field(out, RESOURCE, entry.resource(), erasable, random);
    field(out, CORRELATION, entry.correlationId(), Set.of(), random);
    for (Map.Entry<String, AuditField> one : entry.attributes().entrySet()) {
      field(out, ATTRIBUTES + one.getKey(), one.getValue(), erasable, random);
    }
    int covered = out.size();
    out.setInt(hashed - Integer.BYTES, covered - hashed);
    AuditHash hash = hasher.leaf(out.array(), hashed, covered - hashed);
    out.put(openings.array(), 0, openings.size());
    Frames.end(out, start, covered);
    return hash;
  }

  private void field(
      ByteSink out, String name, AuditField value, Set<String> erasable, SecureRandom random) {
    out.putText(name);
    if (!erasable.contains(name)) {
      out.put(PLAIN);
      out.putLong(value.length());
      out.putText(value.text());
      return;
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    int from = openings.size();
    openings.put(salt);
    openings.putLong(value.length());
    openings.put(value.text().getBytes(StandardCharsets.UTF_8));
    int size = openings.size() - from;
    out.put(ERASABLE);
    out.putInt(size);
    out.put(hasher.commitment(openings.array(), from, size));
  }

  /** Reads the body of a frame of type {@link Frames#RECORD}. */
  StoredRecord read(RawFrame frame) throws DamagedFrame {
    byte[] body = frame.body();
    int hashed = ByteBuffer.wrap(body).getInt(1);
    ByteBuffer in = ByteBuffer.wrap(body, Frames.RECORD_PREFIX, hashed);
    ByteBuffer opened = ByteBuffer.wrap(
        body, Frames.RECORD_PREFIX + hashed, body.length - Frames.RECORD_PREFIX - hashed);
    AuditHash hash = hasher.leaf(body, Frames.RECORD_PREFIX, hashed);
    try {
      return record(frame, in, opened, hash);
    } catch (BufferUnderflowException
        | DateTimeException
        | ArithmeticException
        | CharacterCodingException
        | QilinException e) {
      throw malformed();
    }
  }

  private StoredRecord record(RawFrame frame, ByteBuffer in, ByteBuffer opened, AuditHash hash)
      throws DamagedFrame, CharacterCodingException {
    int version = in.get();
    long sequence = in.getLong();
    Instant at = Instant.ofEpochSecond(in.getLong(), in.getInt());
    long durable = in.getLong();
    AuditHash previous = SegmentHeader.hash(in);
    int outcome = in.get();
    int count = in.getShort() & 0xffff;
    if (version != VERSION
        || outcome < 0
        || outcome >= OUTCOMES.size()
        || count < MAIN.size()
        || count > MAIN.size() + AuditEntry.MAX_ATTRIBUTES) {
      throw malformed();
    }
    List<ErasableSlot> slots = new ArrayList<>();
    List<AuditField> main = new ArrayList<>();
    SortedMap<String, AuditField> attributes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = text(in);
      AuditField value = value(frame, name, in, opened, slots);
      if (i < MAIN.size()) {
        main.add(value);
        require(name.equals(MAIN.get(i)));
      } else {
        require(name.startsWith(ATTRIBUTES));
        String key = name.substring(ATTRIBUTES.length());
        require(attributes.isEmpty() || attributes.lastKey().compareTo(key) < 0);
        attributes.put(key, value);
      }
    }
    require(!in.hasRemaining() && !opened.hasRemaining());
    AuditEntry entry = new AuditEntry(
        main.get(0), main.get(1), main.get(2), OUTCOMES.get(outcome), main.get(3), attributes);
    return new StoredRecord(new AuditRecord(sequence, at, entry, previous, hash), durable, slots);
  }

  private AuditField value(
      RawFrame frame, String name, ByteBuffer in, ByteBuffer opened, List<ErasableSlot> slots)
      throws DamagedFrame, CharacterCodingException {
    int kind = in.get();
    if (kind == PLAIN) {
      long length = in.getLong();
      return AuditField.read(text(in), length);
    }
    require(kind == ERASABLE);
    int size = in.getInt();
    AuditHash commitment = SegmentHeader.hash(in);
    require(size >= OPENING_PREFIX && size <= opened.remaining());
    int from = opened.position();
    opened.position(from + size);
    ErasableSlot.State state = state(frame.body(), from, size, commitment);
    slots.add(new ErasableSlot(name, frame.bodyOffset() + from, size, state));
    if (state != ErasableSlot.State.OPEN) {
      return AuditField.ERASED;
    }
    ByteBuffer opening = ByteBuffer.wrap(frame.body(), from, size);
    opening.position(from + SALT_BYTES);
    long length = opening.getLong();
    return AuditField.read(decoded(opening), length);
  }

  private ErasableSlot.State state(byte[] body, int from, int size, AuditHash commitment) {
    if (hasher.commitment(body, from, size).equals(commitment)) {
      return ErasableSlot.State.OPEN;
    }
    for (int i = from; i < from + size; i++) {
      if (body[i] != 0) {
        return ErasableSlot.State.ALTERED;
      }
    }
    return ErasableSlot.State.ERASED;
  }

  private static String text(ByteBuffer in) throws DamagedFrame, CharacterCodingException {
    int size = in.getInt();
    require(size >= 0 && size <= in.remaining());
    ByteBuffer part = in.slice(in.position(), size);
    in.position(in.position() + size);
    return decoded(part);
  }

  private static String decoded(ByteBuffer utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
  }

  private static void require(boolean wellFormed) throws DamagedFrame {
    if (!wellFormed) {
      throw malformed();
    }
  }

  private static DamagedFrame malformed() {
    return new DamagedFrame(Problem.DAMAGED, "the record is not in the one form that records have");
  }
}
