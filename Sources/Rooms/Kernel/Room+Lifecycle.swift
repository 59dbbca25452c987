public import Ledger

extension Room {
    func create(_ plan: RoomPlan) throws(Rejection) -> [Draft] {
        guard lifecycle == .unborn else { throw .badPlan(.alreadyCreated) }
        if let fault = plan.fault(within: limits) { throw .badPlan(fault) }
        let judging = plan.judging.map { Draft(.judgingArranged($0.scheme), .judging($0.texts)) }
        return [Draft(.roomCreated(plan.frame), .room(plan.texts))] + (judging.map { [$0] } ?? [])
    }

    /// An admission gives what is new and takes nothing away; one that gives nothing new is no event.
    func admit(
        _ member: MemberID,
        roles: Set<Role>,
        slots: [SlotID],
        card: NameCard
    ) throws(Rejection) -> [Draft] {
        // Whoever was sent out comes back by staff alone.
        if let known = outside[member], ![.waiting, .applied].contains(known.name) {
            throw .outside(known.name)
        }
        for slot in slots where roadshow.index(of: slot) == nil { throw .noSuchSlot(slot) }
        guard let known = members[member] else {
            try requireSpace()
            guard members.count < limits.members else { throw .roomFull(limit: limits.members) }
            let event = Event.memberAdmitted(member, roles: roles, slots: slots.sorted())
            return [Draft(event, .card(card))]
        }
        let allRoles = known.roles.union(roles)
        let allSlots = known.slots.union(slots)
        guard allRoles != known.roles || allSlots != known.slots else { return [] }
        let event = Event.rolesChanged(member, roles: allRoles, slots: allSlots.sorted())
        return [Draft(event, .card(card))]
    }

    func lifecycleEvents(of command: Command, at now: Timestamp) throws(Rejection) -> [Draft] {
        switch command {
        case .openRoom:
            return [Draft(.roomOpened)]
        case .startRoom:
            return [Draft(.roomStarted)]
        case .pauseRoom:
            return [Draft(.roomPaused)] + stoppedClock(at: now) + pausedPlayback(at: now)
        case .resumeRoom:
            return [Draft(.roomResumed)] + restartedClock(at: now)
        case .endRoom:
            let until = now.advanced(byMilliseconds: Int64(limits.endConfirmation))
            return [Draft(.endRequested(until: until))]
        case .confirmEnd:
            guard let until = endRequestedUntil, now <= until else { throw .endNotRequested }
            let reopenUntil = now.advanced(byMilliseconds: Int64(limits.reopening))
            return stoppedClock(at: now) + endedRecording() + endedPolls() + endedDraw()
                + [Draft(.roomEnded(reopenUntil: reopenUntil))]
        case .reopenRoom:
            guard case .followUp(let until) = lifecycle, now <= until else {
                throw .reopenOver(since: reopenUntil ?? now)
            }
            return [Draft(.roomReopened)]
        case .closeRoom:
            return [Draft(.roomClosed)]
        case .cancelRoom(let reason):
            return stoppedClock(at: now) + endedRecording() + endedPolls() + endedDraw()
                + [Draft(.roomCancelled, try self.reason(reason))]
        default:
            return []
        }
    }

    /// Until when the ended room can be reopened.
    public var reopenUntil: Timestamp? {
        guard case .followUp(let until) = lifecycle else { return nil }
        return until
    }
}

extension RoomPlan {
    /// What is wrong with the plan; `nil` for a good one.
    func fault(within limits: RoomLimits) -> PlanFault? {
        guard texts.title.fits(limits.title) else { return .title(limit: limits.title) }
        if let genre = texts.genre, !genre.fits(limits.judgingName) {
            return .genre(limit: limits.judgingName)
        }
        guard frame.language.isLanguage(limit: limits.language) else {
            return .language(limit: limits.language)
        }
        guard frame.startsAt <= limits.latestStart else {
            return .startsAt(latest: limits.latestStart)
        }
        guard limits.grace.contains(frame.graceMilliseconds) else {
            return .grace(most: limits.grace.upperBound)
        }
        guard limits.awaited.contains(frame.rules.awaitedMilliseconds) else {
            return .awaited(most: limits.awaited.upperBound)
        }
        guard (1...limits.slots).contains(frame.slots.count) else {
            return .slotCount(limit: limits.slots)
        }
        guard frame.slots.map(\.id) == texts.slots.map(\.id) else { return .textsDoNotMatch }
        if let fault = judging?.fault(for: frame.slots.map(\.id), within: limits) {
            return .judging(fault)
        }
        if let fault = formFault(within: limits) ?? termsFault(within: limits) { return fault }
        var seen: Set<SlotID> = []
        for slot in frame.slots {
            guard seen.insert(slot.id).inserted else { return .duplicateSlot(slot.id) }
            guard limits.pitch.contains(slot.pitchMilliseconds) else {
                let range = limits.pitch
                return .pitch(slot.id, least: range.lowerBound, most: range.upperBound)
            }
            guard limits.questionsTime.contains(slot.questionsMilliseconds) else {
                return .questions(slot.id, most: limits.questionsTime.upperBound)
            }
        }
        var length = 0
        for slot in texts.slots {
            guard slot.title.fits(limits.title) else {
                return .slotTitle(slot.id, limit: limits.title)
            }
            let others = [
                slot.abstract, slot.field, slot.presenters, slot.organisation, slot.source,
            ]
            for text in others.compactMap(\.self) {
                guard text.fits(limits.slotText) else {
                    return .slotText(slot.id, limit: limits.slotText)
                }
                length += text.unicodeScalars.count
            }
        }
        return length <= limits.agendaText ? nil : .agendaText(limit: limits.agendaText)
    }

    /// Terms stand where there is a closed matter, and nowhere else.
    private func termsFault(within limits: RoomLimits) -> PlanFault? {
        let isGood = texts.terms.map { $0.fits(limits.termsText) } ?? true
        let isMeant = (texts.terms != nil) == (frame.door.terms != nil)
        return isGood && isMeant ? nil : .terms(limit: limits.termsText)
    }

    /// A form stands where people register by it, and nowhere else.
    private func formFault(within limits: RoomLimits) -> PlanFault? {
        let (least, most) =
            frame.door.admission == .registration ? (1, limits.formQuestions) : (0, 0)
        guard (least...most).contains(texts.form.count), frame.door.questions == texts.form.count
        else { return .formQuestions(limit: limits.formQuestions) }
        guard texts.form.allSatisfy({ $0.fits(limits.formQuestion) }) else {
            return .formText(limit: limits.formQuestion)
        }
        return nil
    }
}

extension String {
    /// Not empty, within `limit` scalars, printable.
    func fits(_ limit: Int) -> Bool {
        !trimmed.isEmpty && unicodeScalars.count <= limit
            && unicodeScalars.allSatisfy(\.isPrintable)
    }

    /// Letters, digits and hyphens, as names of languages have them (RFC 5646 §2.1).
    func isLanguage(limit: Int) -> Bool {
        (2...limit).contains(utf8.count)
            && allSatisfy { $0 == "-" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
