public import Ledger

extension Room {
    func roadshowEvents(
        of command: Command,
        by actor: Actor,
        at now: Timestamp
    ) throws(Rejection) -> [Draft] {
        switch command {
        case .markReady(let id):
            try requirePresenter(actor, of: id)
            try require(id, .waiting)
            return [Draft(.slotReady(id))]
        case .placeSlides(let id, let files):
            // The server itself places the slides of an example or an import.
            if actor == .server {
                try requireKnown(id)
            } else {
                try requirePresenter(actor, of: id)
            }
            guard files.count <= limits.pages else { throw .tooManyPages(limit: limits.pages) }
            return [Draft(.slidesPlaced(id, pages: files.count), .slides(files))]
        case .showSlide(let id, let page):
            try requirePresenter(actor, of: id)
            let slot = try slot(id)
            guard (1...max(slot.pages, 1)).contains(page) else {
                throw .noSuchPage(page, pages: slot.pages)
            }
            return slot.page == page ? [] : [Draft(.slideShown(id, page: page))]
        default:
            return try stageEvents(of: command, at: now)
        }
    }

    private func stageEvents(of command: Command, at now: Timestamp) throws(Rejection) -> [Draft] {
        switch command {
        case .callSlot(let id):
            let slot = try require(id, .waiting, .ready)
            try requireNoDraw()
            if let stage = roadshow.stage, stage.state.isRunning {
                throw .slotOnStage(stage.frame.id)
            }
            return [Draft(.slotCalled(id, remaining: slot.frame.pitchMilliseconds))]
        case .skipSlot(let id, let reason):
            try require(id, .waiting, .ready, .pitch, .overtime, .questions)
            try requireNoDraw()
            return [Draft(.slotSkipped(id), try self.reason(reason))]
        case .noShow: return [try missed(at: now)]
        case .recallSlot(let id):
            try require(id, .skipped, .done)
            try requireNoDraw()
            guard judging.published[id] == nil else { throw .alreadyPublished(id) }
            return [Draft(.slotRecalled(id))]
        case .restartSlot(let id, let reason):
            let slot = try require(id, .pitch, .overtime, .questions)
            let remaining = slot.frame.pitchMilliseconds
            return [Draft(.slotRestarted(id, remaining: remaining), try self.reason(reason))]
        case .startPitch:
            let slot = try requireStage()
            try require(slot.frame.id, .ready)
            let end = now.advanced(byMilliseconds: Int64(slot.frame.pitchMilliseconds))
            return [Draft(.pitchStarted(slot.frame.id, endsAt: end))]
        case .startQuestions:
            let slot = try requireStage()
            try require(slot.frame.id, .pitch, .overtime)
            return [Draft(questionsStarted(slot, at: now))]
        case .finishSlot:
            let slot = try requireStage()
            try require(slot.frame.id, .pitch, .overtime, .questions)
            return [Draft(finished(slot.frame.id))]
        default:
            return try clockEvents(of: command, at: now)
        }
    }

    private func missed(at now: Timestamp) throws(Rejection) -> Draft {
        let id = try requireStage().frame.id
        let slot = try require(id, .ready)
        if let until = awaitedUntil, now < until { throw .stillAwaited(id, until: until) }
        let isForfeited = roadshow.rules.noShow == .forfeit || slot.absences > 0
        return Draft(.slotMissed(id, isForfeited: isForfeited))
    }

    /// Until when the presenters of the slot that was called are waited for.
    public var awaitedUntil: Timestamp? {
        guard roadshow.stage?.state == .ready else { return nil }
        return roadshow.calledAt?.advanced(by: roadshow.rules.awaitedMilliseconds)
    }

    func questionsStarted(_ slot: Slot, at start: Timestamp) -> Event {
        let length = Int64(slot.frame.questionsMilliseconds)
        return .questionsStarted(
            slot.frame.id,
            endsAt: start.advanced(byMilliseconds: length)
        )
    }

    private func slot(_ id: SlotID) throws(Rejection) -> Slot {
        guard let index = roadshow.index(of: id) else { throw .noSuchSlot(id) }
        return roadshow.slots[index]
    }

    @discardableResult
    func require(_ id: SlotID, _ allowed: SlotState...) throws(Rejection) -> Slot {
        let slot = try slot(id)
        guard allowed.contains(slot.state) else {
            throw .slotState(id, slot.state, allowed: allowed)
        }
        return slot
    }

    func requireStage() throws(Rejection) -> Slot {
        guard let stage = roadshow.stage else { throw .nothingOnStage }
        return stage
    }

    /// Of the presenters only that very slot's.
    /// Why somebody may not place the slides of that slot now; `nil` where it may.
    public func refusalToPlaceSlides(_ slot: SlotID, by member: MemberID?) -> Rejection? {
        let actor = member.map(Actor.member) ?? .visitor
        let position = position(of: actor)
        if let refusal = Rights.refusal(of: .placeSlides, to: position, in: lifecycle.name) {
            return refusal
        }
        do throws(Rejection) {
            try requirePresenter(actor, of: slot)
            return nil
        } catch {
            return error
        }
    }

    func requirePresenter(_ actor: Actor, of id: SlotID) throws(Rejection) {
        try requireKnown(id)
        guard case .member(let member) = actor, let membership = members[member] else {
            throw .notAdmitted
        }
        guard membership.roles.contains(.moderator) || membership.slots.contains(id) else {
            throw .notPermitted(needs: [.moderator])
        }
    }
}
