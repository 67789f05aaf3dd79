package io.qilin.security.audit;

import java.util.List;

/**
 * A record as it was read.
 *
 * @param record what it says
 * @param durable the last record that was known to be on the disk when it was written
 * @param slots its erasable fields
 */
record StoredRecord(AuditRecord record, long durable, List<ErasableSlot> slots) {}
