public import HTTPTypes

/// What tells one state of a resource from another (RFC 9110 §8.8).
public struct Validators: Sendable, Equatable {
    /// The entity tag.
    public var tag: EntityTag
    /// When it last changed, where that is known.
    public var modified: HTTPDate?

    /// Puts validators together.
    public init(tag: EntityTag, modified: HTTPDate? = nil) {
        self.tag = tag
        self.modified = modified
    }

    /// What a request's conditions come to.
    public enum Verdict: Sendable, Equatable {
        /// They hold, or there are none.
        case proceed
        /// 304: the client has this state already.
        case notModified
        /// 412.
        case failed
    }

    /// Weighs the conditions of a request for a resource that exists, in the order of RFC 9110
    /// §13.2.2. `now` gives dates with two digits of a year their century.
    public func weigh(_ head: RequestHead, now: HTTPDate) -> Verdict {
        let fields = head.fields
        let isRead = head.method == .get || head.method == .head
        if fields[.ifMatch] != nil {
            guard tag.isNamed(byIfMatch: fields) else { return .failed }
        } else if let modified, let date = fields.date(.ifUnmodifiedSince, now: now) {
            guard modified.secondsSinceEpoch <= date.secondsSinceEpoch else { return .failed }
        }
        if fields[.ifNoneMatch] != nil {
            guard tag.isNamed(byIfNoneMatch: fields) else { return .proceed }
            return isRead ? .notModified : .failed
        }
        guard isRead, let modified, let date = fields.date(.ifModifiedSince, now: now) else {
            return .proceed
        }
        return modified.secondsSinceEpoch <= date.secondsSinceEpoch ? .notModified : .proceed
    }

    /// Whether the ranges of a request count (RFC 9110 §13.1.5): If-Range is missing, names this tag
    /// by the strong comparison, or this very date.
    public func allowRanges(_ fields: HTTPFields, now: HTTPDate) -> Bool {
        guard let text = fields[.ifRange] else { return true }
        if let tags = EntityTag.list(text), !tags.isEmpty {
            return tags.count == 1 && !tag.isWeak && tags[0] == tag
        }
        guard let modified, let date = fields.date(.ifRange, now: now) else { return false }
        return date == modified
    }
}

extension HTTPFields {
    fileprivate func date(_ name: HTTPField.Name, now: HTTPDate) -> HTTPDate? {
        self[name].flatMap { HTTPDate($0, now: now) }
    }
}
