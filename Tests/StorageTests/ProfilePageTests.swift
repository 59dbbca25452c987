// Proves that each account has a page of its own, shown only as its owner wants.
import Ledger
import OpenSSL
import Testing

@testable import Storage

struct ProfilePageTests {
    private static let now = Timestamp(milliseconds: 1_000)

    private func register(_ name: String, in store: Store) async throws -> Person {
        let made = try await store.people.register(
            "\(name)@example.org",
            password: "",
            named: name,
            as: nil,
            at: Self.now
        )
        guard case .made(let person) = made else { throw StorageError.noData }
        return person
    }

    @Test func `an address has 32 hex digits and nothing else`() {
        let good = String(repeating: "0a", count: 16)
        #expect(ProfilePage.ID(good)?.description == good)
        for bad in ["", "1", good + "0a", String(good.dropLast()), good.uppercased(), "0x" + good] {
            #expect(ProfilePage.ID(bad) == nil)
        }
    }

    @Test func `a page is hidden until its owner shows it, and gone with the account`() async throws
    {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let (ann, bob) = (
            try await register("Ann", in: store), try await register("Bob", in: store)
        )
        let page = try #require(try await store.people.page(ofPerson: ann.id))
        #expect(!page.isPublic && page.picture == nil)
        #expect(try await store.people.page(ofPerson: bob.id)?.id != page.id)
        #expect(try await store.people.setPublic(true, ofPerson: ann.id)?.isPublic == true)
        let found = try #require(try await store.people.page(page.id))
        #expect(found.owner.name == "Ann" && found.account.person == ann.id)
        #expect(found.page.isPublic && found.page.id == page.id)
        _ = try await store.people.setDisabled(true, of: ann.id)
        #expect(try await store.people.page(page.id) == nil)
        _ = try await store.people.setDisabled(false, of: ann.id)
        try await store.people.erase(ann.id)
        #expect(try await store.people.page(page.id) == nil)
        #expect(try await store.people.page(ofPerson: ann.id) == nil)
        #expect(try await store.people.setPublic(true, ofPerson: ann.id) == nil)
        #expect(try await store.people.setPicture(nil, ofPerson: ann.id) == nil)
        let guest = try await store.people.add(Card(name: "Guest"))
        #expect(try await store.people.page(ofPerson: guest.id) == nil)
        try await store.close()
    }

    @Test func `nobody opens an account again whose erasure began, also after a restart`()
        async throws
    {
        let folder = try TemporaryFolder()
        var store = try Store(.init(folder: folder.path))
        let ann = try await register("Ann", in: store)
        let page = try #require(try await store.people.page(ofPerson: ann.id))
        _ = try await store.people.setPublic(true, ofPerson: ann.id)
        _ = try await store.people.beginErasure(of: ann.id)
        try await store.close()
        store = try Store(.init(folder: folder.path))
        #expect(try await store.people.erasing().map(\.id) == [ann.id])
        _ = try await store.people.setDisabled(false, of: ann.id)
        #expect(try store.people.account(ofPerson: ann.id)?.isDisabled == true)
        #expect(try await store.people.page(page.id) == nil)
        try await store.close()
    }

    @Test func `a picture takes the place of the one before`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let ann = try await register("Ann", in: store)
        func picture(_ number: UInt8) -> ProfilePage.Picture {
            ProfilePage.Picture(
                digest: SHA256.hash([number]),
                type: "image/webp",
                width: 3,
                height: 2,
                size: 9
            )
        }
        let people = store.people
        let first = try #require(try await people.setPicture(picture(1), ofPerson: ann.id))
        #expect(first.former == nil && first.page.picture == picture(1))
        let second = try #require(try await people.setPicture(picture(2), ofPerson: ann.id))
        #expect(second.former == SHA256.hash([1]) && second.page.picture == picture(2))
        #expect(try people.refers(to: SHA256.hash([2])))
        #expect(try !people.refers(to: SHA256.hash([1])))
        let none = try #require(try await people.setPicture(nil, ofPerson: ann.id))
        #expect(none.former == SHA256.hash([2]) && none.page.picture == nil)
        try await store.close()
    }

    @Test func `only verified organisations are told, and a member's page when it is public`()
        async throws
    {
        let folder = try TemporaryFolder()
        let store = try Store(.init(folder: folder.path))
        let people = store.people
        let ann = try await register("Ann", in: store)
        var made: [Organisation] = []
        for name in ["B", "A", "C"] {
            let profile = Organisation.Profile(name: name, kind: "fund")
            made.append(
                try await people.found(profile, below: nil, by: ann.id, at: Self.now).get()
            )
        }
        for one in made.prefix(2) { _ = try await people.set(.verified, of: one.id, at: Self.now) }
        let told = try await people.verifiedOrganisations(of: ann.id)
        #expect(told.map(\.profile.name) == ["A", "B"])
        #expect(try await people.members(of: made[0].id).map(\.page) == [nil])
        let page = try await people.setPublic(true, ofPerson: ann.id)
        #expect(try await people.members(of: made[0].id).map(\.page) == [page?.id])
        _ = try await people.setDisabled(true, of: ann.id)
        #expect(try await people.members(of: made[0].id).map(\.page) == [nil])
        try await store.close()
    }
}
