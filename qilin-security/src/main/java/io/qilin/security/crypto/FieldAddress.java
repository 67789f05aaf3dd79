package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where an encrypted value belongs. It is authenticated with the value and not stored in it, so a value that was moved to
 * another field, record or tenant does not decrypt.
 *
 * @param tenant whose record it is; empty where there is only one
 * @param recordType for example {@code account}
 * @param recordId for example {@code 4711}
 * @param field for example {@code resident-id}
 */
public record FieldAddress(String tenant, String recordType, String recordId, String field) {
  private static final int MOST_CHARACTERS = 256;

  /** Checks the parts: at most 256 characters each, and only the tenant may be empty. */
  public FieldAddress {
    bounded("tenant", tenant, 0);
    bounded("recordType", recordType, 1);
    bounded("recordId", recordId, 1);
    bounded("field", field, 1);
  }

  private static void bounded(String name, String value, int least) {
    if (value.length() < least || value.length() > MOST_CHARACTERS) {
      throw QilinException.invalid("the " + name + " of an encrypted field has " + least + " to "
          + MOST_CHARACTERS + " characters, not " + value.length());
    }
  }

  /** The header and the parts, each part after its length in four bytes, so that no two addresses give the same bytes. */
  byte[] bound(byte[] header) {
    List<byte[]> parts = List.of(
        header,
        tenant.getBytes(StandardCharsets.UTF_8),
        recordType.getBytes(StandardCharsets.UTF_8),
        recordId.getBytes(StandardCharsets.UTF_8),
        field.getBytes(StandardCharsets.UTF_8));
    int total = 0;
    for (byte[] part : parts) {
      total += Integer.BYTES + part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(total);
    for (byte[] part : parts) {
      out.putInt(part.length).put(part);
    }
    return out.array();
  }
}
