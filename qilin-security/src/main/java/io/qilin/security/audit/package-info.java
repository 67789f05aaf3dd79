/**
 * An append-only audit log that shows whether it was changed: hash chain, Merkle tree (RFC 6962) and signed checkpoints.
 * Start at {@link io.qilin.security.audit.AuditLog}; code that only records takes an {@link
 * io.qilin.security.audit.AuditTrail}.
 */
@NullMarked
package io.qilin.security.audit;

import org.jspecify.annotations.NullMarked;
